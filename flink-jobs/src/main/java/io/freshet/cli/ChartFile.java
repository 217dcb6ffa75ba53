// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;

/**
 * A picture as a file, PNG or SVG by its name.
 *
 * @param width in pixels
 * @param height in pixels
 * @param painter paints all of it
 */
record ChartFile(int width, int height, Consumer<Graphics2D> painter) {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Whether a file of this name can be drawn. */
  static boolean canWrite(Path file) {
    return isSvg(file) || name(file).endsWith(".png");
  }

  /** Draws a file in the format that its name ends in. */
  void write(Path file) throws IOException {
    if (isSvg(file)) {
      writeSvg(file);
    } else {
      writePng(file);
    }
  }

  private void writePng(Path file) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    painter.accept(graphics);
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private void writeSvg(Path file) throws IOException {
    SVGGraphics2D graphics;
    try {
      graphics =
          new SVGGraphics2D(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .getDOMImplementation()
                  .createDocument(SVG, "svg", null));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("Java's own XML parser is missing", e);
    }
    graphics.setSVGCanvasSize(new Dimension(width, height));
    painter.accept(graphics);
    try (Writer out = Files.newBufferedWriter(file)) {
      graphics.stream(out, true);
    }
    graphics.dispose();
  }

  private static boolean isSvg(Path file) {
    return name(file).endsWith(".svg");
  }

  private static String name(Path file) {
    return file.toString().toLowerCase(Locale.ROOT);
  }
}
