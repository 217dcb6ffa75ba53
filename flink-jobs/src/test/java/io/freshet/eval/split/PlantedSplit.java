// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Files of a split with planted taste: {@value #GROUPS} groups of users, each of which takes items
 * of its group's {@value #ITEMS_PER_GROUP} only.
 */
public final class PlantedSplit {
  private static final int GROUPS = 4;
  private static final int USERS_PER_GROUP = 20;
  private static final int ITEMS_PER_GROUP = 15;
  private static final int TRAIN = 8;
  private static final int VALID = 2;
  private static final int TEST = 2;

  private PlantedSplit() {}

  /** Writes the three files into a directory. */
  public static Path write(Path directory) throws IOException {
    Random random = new Random(11);
    List<String> train = new ArrayList<>();
    List<String> valid = new ArrayList<>();
    List<String> test = new ArrayList<>();
    for (int u = 0; u < GROUPS * USERS_PER_GROUP; u++) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < ITEMS_PER_GROUP; i++) {
        rows.add(u + " " + (u % GROUPS * ITEMS_PER_GROUP + i));
      }
      Collections.shuffle(rows, random);
      train.addAll(rows.subList(0, TRAIN));
      valid.addAll(rows.subList(TRAIN, TRAIN + VALID));
      test.addAll(rows.subList(TRAIN + VALID, TRAIN + VALID + TEST));
    }
    Files.write(directory.resolve("train.txt"), train);
    Files.write(directory.resolve("valid.txt"), valid);
    Files.write(directory.resolve("test.txt"), test);
    return directory;
  }
}
