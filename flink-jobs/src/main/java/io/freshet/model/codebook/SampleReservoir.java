// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import java.util.Arrays;

/**
 * A uniform sample of vectors of bounded size that can be merged: each vector draws a key, and
 * those with the lowest keys stay, in whatever order and by whatever parts they came.
 */
final class SampleReservoir {

  private final int capacity;
  private final int dim;
  private float[] vectors;
  private float[] keys;
  private int size;

  // Where the highest key stands, of a full reservoir.
  private int highest;

  SampleReservoir(int capacity, int dim) {
    this(capacity, dim, new float[0], new float[0]);
  }

  /** As it was exported; the arrays are taken over. */
  SampleReservoir(int capacity, int dim, float[] vectors, float[] keys) {
    if (vectors.length != keys.length * dim || keys.length > capacity) {
      throw new IllegalArgumentException(
          "a sample of " + keys.length + " keys and " + vectors.length + " values of " + dim);
    }
    this.capacity = capacity;
    this.dim = dim;
    this.vectors = vectors;
    this.keys = keys;
    this.size = keys.length;
    findHighest();
  }

  int size() {
    return size;
  }

  int capacity() {
    return capacity;
  }

  /** [size,dim] and what may follow, flat; live. */
  float[] vectors() {
    return vectors;
  }

  float[] exportVectors() {
    return Arrays.copyOf(vectors, size * dim);
  }

  float[] exportKeys() {
    return Arrays.copyOf(keys, size);
  }

  /** Whether a vector with this key would be taken. */
  boolean takes(float key) {
    return size < capacity || key < keys[highest];
  }

  /** Takes the vector that stands at an offset, if its key is low enough. */
  void add(float key, float[] from, int offset) {
    if (size < capacity) {
      if (size == keys.length) {
        int grown = Math.min(capacity, Math.max(8, 2 * size));
        keys = Arrays.copyOf(keys, grown);
        vectors = Arrays.copyOf(vectors, grown * dim);
      }
      put(size++, key, from, offset);
      if (size == capacity) {
        findHighest();
      }
    } else if (key < keys[highest]) {
      put(highest, key, from, offset);
      findHighest();
    }
  }

  void merge(SampleReservoir other) {
    for (int i = 0; i < other.size; i++) {
      add(other.keys[i], other.vectors, i * dim);
    }
  }

  void clear() {
    size = 0;
  }

  private void put(int at, float key, float[] from, int offset) {
    keys[at] = key;
    System.arraycopy(from, offset, vectors, at * dim, dim);
  }

  private void findHighest() {
    highest = 0;
    for (int i = 1; i < size; i++) {
      if (keys[i] > keys[highest]) {
        highest = i;
      }
    }
  }
}
