// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * What a learner gathers of the vectors it assigned, all that a re-fit asks for: sums that add up
 * over learners, and a sample. They belong to the books by which codes were assigned and say
 * nothing of other ones; where those were empty there are only the sums that need no code.
 *
 * <p>{@link ResidualQuantiser#gather} fills them. All arrays are flat and live, for a serializer;
 * {@link #of} makes the same again.
 */
public final class CodeStatistics {

  private final long epoch;
  private final long version;
  private final int levels;
  private final int codes;
  private final int dim;
  private final int capacity;

  long users;
  double squares;
  long compared;
  long changedPaths;
  final long[] counts;
  final float[] weights;
  final float[] sums;
  final double[] residualSquares;
  final long[] changed;
  final float[] moments;
  final PathCounts paths;
  final SampleReservoir samples;

  /**
   * Nothing gathered yet.
   *
   * @param books by which codes will be assigned
   * @param capacity vectors kept as a sample at most
   */
  public CodeStatistics(Codebooks books, int capacity) {
    this(
        books.epoch(),
        books.version(),
        books.levels(),
        books.codes(),
        books.dim(),
        capacity,
        new long[books.levels() * books.codes()],
        new float[books.levels() * books.codes()],
        new float[books.levels() * books.codes() * books.dim()],
        new double[books.levels()],
        new long[books.levels()],
        new float[books.dim() * books.dim()],
        new PathCounts(),
        new SampleReservoir(capacity, books.dim()));
  }

  private CodeStatistics(
      long epoch,
      long version,
      int levels,
      int codes,
      int dim,
      int capacity,
      long[] counts,
      float[] weights,
      float[] sums,
      double[] residualSquares,
      long[] changed,
      float[] moments,
      PathCounts paths,
      SampleReservoir samples) {
    require("counts", counts.length, (long) levels * codes);
    require("weights", weights.length, (long) levels * codes);
    require("sums", sums.length, (long) levels * codes * dim);
    require("residual squares", residualSquares.length, levels);
    require("changed", changed.length, levels);
    require("moments", moments.length, (long) dim * dim);
    this.epoch = epoch;
    this.version = version;
    this.levels = levels;
    this.codes = codes;
    this.dim = dim;
    this.capacity = capacity;
    this.counts = counts;
    this.weights = weights;
    this.sums = sums;
    this.residualSquares = residualSquares;
    this.changed = changed;
    this.moments = moments;
    this.paths = paths;
    this.samples = samples;
  }

  /**
   * Statistics as their accessors gave them; the arrays are taken over.
   *
   * @throws IllegalArgumentException if an array is not as long as the shape says
   */
  public static CodeStatistics of(
      long epoch,
      long version,
      int levels,
      int codes,
      int dim,
      int capacity,
      long users,
      double squares,
      long compared,
      long changedPaths,
      long[] counts,
      float[] weights,
      float[] sums,
      double[] residualSquares,
      long[] changed,
      float[] moments,
      int[] paths,
      float[] sampleVectors,
      float[] sampleKeys) {
    CodeStatistics made =
        new CodeStatistics(
            epoch,
            version,
            levels,
            codes,
            dim,
            capacity,
            counts,
            weights,
            sums,
            residualSquares,
            changed,
            moments,
            PathCounts.of(paths),
            new SampleReservoir(capacity, dim, sampleVectors, sampleKeys));
    made.users = users;
    made.squares = squares;
    made.compared = compared;
    made.changedPaths = changedPaths;
    return made;
  }

  private static void require(String name, int length, long expected) {
    if (length != expected) {
      throw new IllegalArgumentException(name + " must be " + expected + ", are " + length);
    }
  }

  /**
   * Adds what another learner gathered, which keeps its own.
   *
   * @throws IllegalArgumentException if it was gathered by other books
   */
  public void merge(CodeStatistics other) {
    if (epoch != other.epoch || version != other.version || !sameShape(other)) {
      throw new IllegalArgumentException(
          "statistics of books " + other.name() + " do not add to those of " + name());
    }
    mergeVectors(other);
    compared += other.compared;
    changedPaths += other.changedPaths;
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
      weights[i] += other.weights[i];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    for (int l = 0; l < levels; l++) {
      residualSquares[l] += other.residualSquares[l];
      changed[l] += other.changed[l];
    }
    paths.merge(other.paths);
  }

  /**
   * Adds what another learner gathered that needs no code, by whatever books its vectors had codes.
   *
   * @throws IllegalArgumentException if its vectors are not as wide
   */
  void mergeVectors(CodeStatistics other) {
    require("values of a vector", other.dim, dim);
    users += other.users;
    squares += other.squares;
    for (int i = 0; i < moments.length; i++) {
      moments[i] += other.moments[i];
    }
    samples.merge(other.samples);
  }

  /** The same of books that were given another epoch; the arrays are shared. */
  CodeStatistics ofEpoch(long newEpoch) {
    CodeStatistics same =
        new CodeStatistics(
            newEpoch,
            version,
            levels,
            codes,
            dim,
            capacity,
            counts,
            weights,
            sums,
            residualSquares,
            changed,
            moments,
            paths,
            samples);
    same.users = users;
    same.squares = squares;
    same.compared = compared;
    same.changedPaths = changedPaths;
    return same;
  }

  private boolean sameShape(CodeStatistics other) {
    return levels == other.levels && codes == other.codes && dim == other.dim;
  }

  private String name() {
    return epoch + "/" + version + " of " + levels + " x " + codes + " x " + dim;
  }

  /** Of the books by which codes were assigned. */
  public long epoch() {
    return epoch;
  }

  /** Of the books by which codes were assigned; 0 where they were empty. */
  public long version() {
    return version;
  }

  public int levels() {
    return levels;
  }

  public int codes() {
    return codes;
  }

  public int dim() {
    return dim;
  }

  /** Vectors in the sample at most. */
  public int capacity() {
    return capacity;
  }

  /** Vectors gathered; of a user who was assigned twice, two. */
  public long users() {
    return users;
  }

  /** Sum of the vectors' squared lengths. */
  public double squares() {
    return squares;
  }

  /** Vectors whose users had codes before. */
  public long compared() {
    return compared;
  }

  /** Of these, how many have another code at some level. */
  public long changedPaths() {
    return changedPaths;
  }

  /** Vectors by code, [levels,codes]. */
  public long[] counts() {
    return counts;
  }

  /** Weights by code, [levels,codes]: the counts, where all weigh the same. */
  public float[] weights() {
    return weights;
  }

  /** Weighted sums of what was left to each code to stand for, [levels,codes,dim]. */
  public float[] sums() {
    return sums;
  }

  /** Sum of the squared lengths of what is left after each level. */
  public double[] residualSquares() {
    return residualSquares;
  }

  /** By level, how many of those compared have another code. */
  public long[] changed() {
    return changed;
  }

  /** Sum of the vectors' outer products, [dim,dim]. */
  public float[] moments() {
    return moments;
  }

  /** The distinct paths and the count of each, in turns; a copy. */
  public int[] paths() {
    return paths.export();
  }

  /** The sample, [.,dim]; a copy. */
  public float[] sampleVectors() {
    return samples.exportVectors();
  }

  /** What each of the sample drew, by which samples merge; a copy. */
  public float[] sampleKeys() {
    return samples.exportKeys();
  }
}
