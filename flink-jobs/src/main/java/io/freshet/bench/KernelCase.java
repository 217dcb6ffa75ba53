// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

/** A kernel to time: what it does, for how many edges or rows, and what it cannot avoid. */
record KernelCase(String name, Stopwatch.Work work, String unit, long units, Cost cost) {

  KernelRow row(int edges, int dim, int threads, Timing time, Floor floor) {
    double bytes =
        cost.streamedBytes() + Float.BYTES * (double) dim * (cost.itemRows() + cost.userRows());
    double floorMillis = floor.millis(cost);
    return new KernelRow(
        name,
        edges,
        dim,
        threads,
        time,
        unit,
        time.cpuMillis() * 1e6 / units,
        (cost.flops() > 0 ? cost.flops() : bytes) / (time.cpuMillis() * 1e6),
        floorMillis,
        time.cpuMillis() / floorMillis,
        cost.flops() > 0);
  }
}
