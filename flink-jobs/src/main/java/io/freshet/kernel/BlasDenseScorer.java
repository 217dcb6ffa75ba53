// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Scores through OpenBLAS, the library below ND4J, called directly: a batch is often a single
 * vector, and there an array object or a transposing copy costs more than the product.
 *
 * <p>The matrix is kept in blocks of {@value #BLOCK} rows, each column-major [BLOCK,width]: a block
 * stays in the second-level cache while all vectors pass over it, needs no transposition, and the
 * matrix grows by a block without moving the others.
 */
final class BlasDenseScorer implements DenseScorer {

  private static final int BLOCK = 512;

  /** More vectors at once gain nothing, and their scores no longer fit the cache. */
  private static final int MAX_BATCH = 16;

  private final int width;
  private final int maxScratchFloats;
  private final FloatPointer vectors;
  private final List<FloatPointer> blocks = new ArrayList<>();
  private FloatBuffer[] blockValues = new FloatBuffer[0];

  private FloatPointer scratch = new FloatPointer();
  private int scratchRows;
  private int maxBatch;
  private float[] out = new float[0];

  BlasDenseScorer(int width, int maxScratchFloats) {
    if (width < 1 || maxScratchFloats < 1) {
      throw new IllegalArgumentException(
          "width and maxScratchFloats must be positive, are " + width + " and " + maxScratchFloats);
    }
    this.width = width;
    this.maxScratchFloats = maxScratchFloats;
    this.vectors = new FloatPointer((long) width * MAX_BATCH);
  }

  @Override
  public void put(int row, float[] from, int offset) {
    growTo(row + 1);
    FloatBuffer values = blockValues[row / BLOCK];
    int at = row % BLOCK;
    for (int c = 0; c < width; c++) {
      values.put(c * BLOCK + at, from[offset + c]);
    }
  }

  @Override
  public void get(int row, float[] into, int offset) {
    growTo(row + 1);
    FloatBuffer values = blockValues[row / BLOCK];
    int at = row % BLOCK;
    for (int c = 0; c < width; c++) {
      into[offset + c] = values.get(c * BLOCK + at);
    }
  }

  @Override
  public void score(float[] batchVectors, int batch, int n, Sink sink) {
    if (n == 0) {
      for (int b = 0; b < batch; b++) {
        sink.accept(b, ScoredRows.NONE);
      }
      return;
    }
    shapeFor(n);
    ScoredRows all = ScoredRows.all(out, n);
    for (int start = 0; start < batch; start += maxBatch) {
      int size = Math.min(maxBatch, batch - start);
      vectors.put(batchVectors, start * width, size * width);
      multiply(size);
      for (int b = 0; b < size; b++) {
        scratch.position((long) b * scratchRows).get(out, 0, n);
        sink.accept(start + b, all);
      }
    }
  }

  @Override
  public long offHeapBytes() {
    long floats = (long) width * MAX_BATCH + (long) scratchRows * maxBatch;
    return Float.BYTES * (floats + (long) blocks.size() * BLOCK * width);
  }

  @Override
  public void close() {
    vectors.deallocate();
    scratch.position(0).deallocate();
    blocks.forEach(FloatPointer::deallocate);
    blocks.clear();
  }

  private void multiply(int batch) {
    int used = scratchRows / BLOCK;
    for (int k = 0; k < used; k++) {
      scratch.position((long) k * BLOCK);
      FloatPointer block = blocks.get(k);
      if (batch == 1) {
        cblas_sgemv(
            CblasColMajor,
            CblasNoTrans,
            BLOCK,
            width,
            1f,
            block,
            BLOCK,
            vectors,
            1,
            0f,
            scratch,
            1);
      } else {
        cblas_sgemm(
            CblasColMajor,
            CblasNoTrans,
            CblasNoTrans,
            BLOCK,
            batch,
            width,
            1f,
            block,
            BLOCK,
            vectors,
            width,
            0f,
            scratch,
            scratchRows);
      }
    }
  }

  private void growTo(int rows) {
    while (rows > blocks.size() * BLOCK) {
      FloatPointer block = new FloatPointer((long) BLOCK * width);
      block.put(new float[BLOCK * width], 0, BLOCK * width);
      blocks.add(block);
      blockValues = Arrays.copyOf(blockValues, blocks.size());
      blockValues[blocks.size() - 1] = block.asBuffer();
    }
  }

  private void shapeFor(int n) {
    growTo(n);
    int rows = (n + BLOCK - 1) / BLOCK * BLOCK;
    if (rows == scratchRows) {
      return;
    }
    scratch.position(0).deallocate();
    scratchRows = rows;
    maxBatch = Math.max(1, Math.min(MAX_BATCH, maxScratchFloats / rows));
    scratch = new FloatPointer((long) rows * maxBatch);
    out = new float[rows];
  }
}
