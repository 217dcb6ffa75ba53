// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.model.codebook.CodebookOptions;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Everything that can be set about the learner. {@link #defaults()} is one configuration for every
 * stream; {@code ModelOptions.builder().dim(32).build()} changes single values of it.
 *
 * @param encoder what a user's items add to its row
 * @param dim latent values per embedding
 * @param userLearningRate AdaGrad rate of user embeddings
 * @param itemLearningRate AdaGrad rate of item rows
 * @param regularisation weight of the squared norm of every embedding that a step touches
 * @param initScale standard deviation of an item's initial embedding; users start at zero
 * @param negatives items drawn against each positive
 * @param recentNegatives share of the negatives drawn from the latest positives of all users, the
 *     others uniformly
 * @param replays earlier edges of the same user that are learned again with each positive
 * @param foldInSteps further steps per positive that move only the user, over its own edges
 * @param replayBehind share of both that a learner without time to spare does, 0 to 1
 * @param replayIdle how many times both a learner at rest does, 1 or more
 * @param maxWeight bound on how much an event's weight multiplies its gradient
 * @param historyBound edges kept per user; beyond it the oldest leave
 * @param halfLives event times in ms in which a positive loses half of its worth, one for each list
 *     of what is trending
 * @param exposureHalfLifeMillis event time in ms in which an exposure loses half of its worth
 * @param companions companions kept of an item
 * @param channels what brings candidates
 * @param candidates items that each channel may bring into a user's ranking
 * @param scorerWidth hidden values of the network that ranks the candidates
 * @param scorerRate its AdaGrad rate
 * @param popularityPrior score per doubling of an item's decayed popularity
 * @param degreePrior score per doubling of an item's number of users
 * @param coldStartEdges users with fewer positives get the popular items
 * @param seed determines initial embeddings and sampling
 * @param itemCapacity items in the table at most
 * @param scratchFloats bound on the buffer of scores; one user's scores are always held
 * @param exactUpTo items up to which the embedding's channel scores every one
 * @param scan share of the items that it looks at beyond, four times the candidates at least
 * @param maxPendingBytes bound in bytes on own item changes that their owner has not confirmed
 * @param forgetting what leaves as event time passes
 * @param codebooks how users are given codes; null for not at all
 * @param prefixItems items kept of each code prefix, where something is made of them
 * @param hardNegatives share of the negatives drawn from what users who share a code prefix took, 0
 *     to 1
 */
public record ModelOptions(
    StreamEncoder encoder,
    int dim,
    float userLearningRate,
    float itemLearningRate,
    float regularisation,
    float initScale,
    int negatives,
    float recentNegatives,
    int replays,
    int foldInSteps,
    float replayBehind,
    float replayIdle,
    float maxWeight,
    int historyBound,
    List<Long> halfLives,
    long exposureHalfLifeMillis,
    int companions,
    Set<Channel> channels,
    int candidates,
    int scorerWidth,
    float scorerRate,
    float popularityPrior,
    float degreePrior,
    int coldStartEdges,
    long seed,
    int itemCapacity,
    int scratchFloats,
    int exactUpTo,
    float scan,
    long maxPendingBytes,
    Forgetting forgetting,
    CodebookOptions codebooks,
    int prefixItems,
    float hardNegatives)
    implements Serializable {

  public ModelOptions {
    Objects.requireNonNull(encoder, "encoder");
    require(dim >= 1, "dim", dim, "at least 1");
    require(userLearningRate > 0, "userLearningRate", userLearningRate, "positive");
    require(itemLearningRate > 0, "itemLearningRate", itemLearningRate, "positive");
    require(regularisation >= 0, "regularisation", regularisation, "0 or more");
    require(initScale > 0, "initScale", initScale, "positive");
    require(negatives >= 1, "negatives", negatives, "at least 1");
    require(
        recentNegatives >= 0 && recentNegatives <= 1,
        "recentNegatives",
        recentNegatives,
        "from 0 to 1");
    require(replays >= 0, "replays", replays, "0 or more");
    require(foldInSteps >= 0, "foldInSteps", foldInSteps, "0 or more");
    require(replayBehind >= 0 && replayBehind <= 1, "replayBehind", replayBehind, "from 0 to 1");
    require(replayIdle >= 1, "replayIdle", replayIdle, "1 or more");
    require(maxWeight > 0, "maxWeight", maxWeight, "positive");
    require(historyBound >= 1, "historyBound", historyBound, "at least 1");
    halfLives = List.copyOf(halfLives);
    require(
        !halfLives.isEmpty() && halfLives.stream().allMatch(millis -> millis >= 1),
        "halfLives",
        halfLives,
        "one or more, each at least 1");
    require(
        exposureHalfLifeMillis >= 1,
        "exposureHalfLifeMillis",
        exposureHalfLifeMillis,
        "at least 1");
    require(companions >= 2, "companions", companions, "at least 2");
    channels = Set.copyOf(channels);
    require(!channels.isEmpty(), "channels", channels, "one or more");
    require(candidates >= 1, "candidates", candidates, "at least 1");
    require(scorerWidth >= 1, "scorerWidth", scorerWidth, "at least 1");
    require(scorerRate > 0, "scorerRate", scorerRate, "positive");
    require(popularityPrior >= 0, "popularityPrior", popularityPrior, "0 or more");
    require(degreePrior >= 0, "degreePrior", degreePrior, "0 or more");
    require(coldStartEdges >= 0, "coldStartEdges", coldStartEdges, "0 or more");
    require(itemCapacity >= 1, "itemCapacity", itemCapacity, "at least 1");
    require(scratchFloats >= 1, "scratchFloats", scratchFloats, "at least 1");
    require(exactUpTo >= 0, "exactUpTo", exactUpTo, "0 or more");
    require(scan >= 0 && scan <= 1, "scan", scan, "from 0 to 1");
    require(maxPendingBytes >= 0, "maxPendingBytes", maxPendingBytes, "0 or more");
    require(forgetting != null, "forgetting", forgetting, "given");
    require(prefixItems >= 4, "prefixItems", prefixItems, "at least 4");
    require(
        hardNegatives >= 0 && hardNegatives <= 1, "hardNegatives", hardNegatives, "from 0 to 1");
    require(
        codebooks != null || !(hardNegatives > 0 || channels.contains(Channel.PREFIX)),
        "codebooks",
        codebooks,
        "given where the channel PREFIX or hard negatives ask for codes");
  }

  /** The values that were tuned together over several public streams. */
  public static ModelOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Values per item row: the embedding, then the item's bias. */
  public int width() {
    return dim + 1;
  }

  /** Whether something is made of what users who share a code prefix take. */
  boolean usesPrefixes() {
    return hardNegatives > 0 || channels.contains(Channel.PREFIX);
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + expected + ", is " + value);
    }
  }

  /** Changes single values of the defaults; {@link #build()} checks them. */
  public static final class Builder {

    private static final long HOUR = 3_600_000L;

    private StreamEncoder encoder = StreamEncoder.TOPKGAT;
    private int dim = 64;
    private float userLearningRate = 0.1f;
    private float itemLearningRate = 0.09f;
    private float regularisation = 0.05f;
    private float initScale = 0.1f;
    private int negatives = 4;
    private float recentNegatives = 0.7f;
    private int replays = 2;
    private int foldInSteps = 8;
    private float replayBehind = 0.25f;
    private float replayIdle = 2;
    private float maxWeight = 5f;
    private int historyBound = 1000;
    private List<Long> halfLives =
        List.of(HOUR, 6 * HOUR, 24 * HOUR, 3 * 24 * HOUR, 10 * 24 * HOUR);
    private long exposureHalfLifeMillis = 12 * HOUR;
    private int companions = 256;
    private Set<Channel> channels = Channel.defaults();
    private int candidates = 60;
    private int scorerWidth = 32;
    private float scorerRate = 0.05f;
    private float popularityPrior = 0.35f;
    private float degreePrior = 0.3f;
    private int coldStartEdges = 1;
    private long seed = 1L;
    private int itemCapacity = 1_000_000;
    private int scratchFloats = 4_000_000;
    private int exactUpTo = 200_000;
    private float scan = 0.01f;
    private long maxPendingBytes = 64L << 20;
    private Forgetting forgetting = Forgetting.NOTHING;
    private CodebookOptions codebooks = CodebookOptions.defaults();
    private int prefixItems = 64;
    private float hardNegatives;

    private Builder() {}

    public Builder encoder(StreamEncoder value) {
      encoder = value;
      return this;
    }

    public Builder dim(int value) {
      dim = value;
      return this;
    }

    public Builder userLearningRate(float value) {
      userLearningRate = value;
      return this;
    }

    public Builder itemLearningRate(float value) {
      itemLearningRate = value;
      return this;
    }

    public Builder regularisation(float value) {
      regularisation = value;
      return this;
    }

    public Builder initScale(float value) {
      initScale = value;
      return this;
    }

    public Builder negatives(int value) {
      negatives = value;
      return this;
    }

    public Builder recentNegatives(float value) {
      recentNegatives = value;
      return this;
    }

    public Builder replays(int value) {
      replays = value;
      return this;
    }

    public Builder foldInSteps(int value) {
      foldInSteps = value;
      return this;
    }

    public Builder replayBehind(float value) {
      replayBehind = value;
      return this;
    }

    public Builder replayIdle(float value) {
      replayIdle = value;
      return this;
    }

    public Builder maxWeight(float value) {
      maxWeight = value;
      return this;
    }

    public Builder historyBound(int value) {
      historyBound = value;
      return this;
    }

    public Builder halfLives(List<Long> value) {
      halfLives = value;
      return this;
    }

    public Builder exposureHalfLifeMillis(long value) {
      exposureHalfLifeMillis = value;
      return this;
    }

    public Builder companions(int value) {
      companions = value;
      return this;
    }

    public Builder channels(Set<Channel> value) {
      channels = value;
      return this;
    }

    public Builder candidates(int value) {
      candidates = value;
      return this;
    }

    public Builder scorerWidth(int value) {
      scorerWidth = value;
      return this;
    }

    public Builder scorerRate(float value) {
      scorerRate = value;
      return this;
    }

    public Builder popularityPrior(float value) {
      popularityPrior = value;
      return this;
    }

    public Builder degreePrior(float value) {
      degreePrior = value;
      return this;
    }

    public Builder coldStartEdges(int value) {
      coldStartEdges = value;
      return this;
    }

    public Builder seed(long value) {
      seed = value;
      return this;
    }

    public Builder itemCapacity(int value) {
      itemCapacity = value;
      return this;
    }

    public Builder scratchFloats(int value) {
      scratchFloats = value;
      return this;
    }

    public Builder exactUpTo(int value) {
      exactUpTo = value;
      return this;
    }

    public Builder scan(float value) {
      scan = value;
      return this;
    }

    public Builder maxPendingBytes(long value) {
      maxPendingBytes = value;
      return this;
    }

    public Builder forgetting(Forgetting value) {
      forgetting = value;
      return this;
    }

    public Builder codebooks(CodebookOptions value) {
      codebooks = value;
      return this;
    }

    public Builder prefixItems(int value) {
      prefixItems = value;
      return this;
    }

    public Builder hardNegatives(float value) {
      hardNegatives = value;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException naming the first value that is out of its range
     */
    public ModelOptions build() {
      return new ModelOptions(
          encoder,
          dim,
          userLearningRate,
          itemLearningRate,
          regularisation,
          initScale,
          negatives,
          recentNegatives,
          replays,
          foldInSteps,
          replayBehind,
          replayIdle,
          maxWeight,
          historyBound,
          halfLives,
          exposureHalfLifeMillis,
          companions,
          channels,
          candidates,
          scorerWidth,
          scorerRate,
          popularityPrior,
          degreePrior,
          coldStartEdges,
          seed,
          itemCapacity,
          scratchFloats,
          exactUpTo,
          scan,
          maxPendingBytes,
          forgetting,
          codebooks,
          prefixItems,
          hardNegatives);
    }
  }
}
