// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

/**
 * One full-batch epoch of an encoder on one graph: forward, backward and step.
 *
 * @param nanosPerEdgeAndLayer processor time; an encoder without layers counts as one
 * @param kernelShare share of the time that was spent in kernels, the rest being encoder and
 *     trainer
 * @param floorMillis the least time for the kernels that it calls, by {@link Floor}
 * @param ratio processor time over the floor
 * @param countedBytes what graph and trainer say they hold
 * @param heapBytes by how much the reachable part of the heap grew
 */
public record EncoderRow(
    String encoder,
    int layers,
    int edges,
    int dim,
    int threads,
    Timing epoch,
    double nanosPerEdgeAndLayer,
    double kernelShare,
    double floorMillis,
    double ratio,
    long countedBytes,
    long heapBytes,
    Footprint footprint) {

  private static final double TOLERANCE = 0.1;

  /** The heap holds other things too; below this a difference says nothing. */
  private static final long NOISE = 4 << 20;

  /** Whether the counted bytes are those that the heap grew by, to a tenth. */
  public boolean bytesAgree() {
    long difference = Math.abs(heapBytes - countedBytes);
    return difference <= NOISE || difference <= TOLERANCE * heapBytes;
  }
}
