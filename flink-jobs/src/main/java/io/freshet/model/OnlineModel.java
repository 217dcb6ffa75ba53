// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.model.codebook.CodeStatistics;
import io.freshet.model.codebook.Codebooks;
import io.freshet.model.scorer.CandidateScorer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The learner behind one operator instance. A mini-step calls {@link #test} for events as they
 * would have been predicted, {@link #observe} for each event, {@link #learn} once, and {@link
 * #rank} for the users to be served:
 *
 * <pre>{@code
 * try (OnlineModel model = new OnlineModel(ModelOptions.defaults())) {
 *   UserProfile user = new UserProfile("ann", model.options());
 *   int item = model.items().indexOrAdd("book");
 *   model.observe(user, item, 1f, eventTime);
 *   ItemChange[] toTheOwners = model.learn();
 *   RankedList[] lists = model.rank(new UserProfile[] {user}, 1, 20, true, null);
 * }
 * }</pre>
 *
 * <p>Used by one thread. Profiles belong to the caller, who keeps them where it likes between
 * steps; within a step the same user must be the same object.
 */
public final class OnlineModel implements AutoCloseable {

  /** Items that a user met last and that are asked what goes with them. */
  public static final int ASKED = Candidates.ASKED;

  private final ModelOptions options;
  private final ItemTable items;
  private final EventGraph graph;
  private final MiniStep step;
  private final BprLearner learner;
  private final ListRanker ranker;

  // Null where users get no codes, and where nothing is made of them.
  private final UserCodes codes;
  private final PrefixItems prefixes;
  private long sequence;

  // The positives observed since the last learn.
  private UserProfile[] users = new UserProfile[64];
  private int[] positives = new int[64];
  private float[] weights = new float[64];
  private int count;

  /** A model that knows nothing yet. */
  public OnlineModel(ModelOptions options) {
    this(options, InitialRows.hashed(options));
  }

  /**
   * A model whose rows start from these.
   *
   * @param initial of the same options
   */
  public OnlineModel(ModelOptions options, InitialRows initial) {
    this.options = options;
    this.items = new ItemTable(options, initial);
    this.graph = new EventGraph(options);
    this.step = new MiniStep(options);
    this.prefixes = options.usesPrefixes() ? prefixes(options) : null;
    this.learner = new BprLearner(options, items, prefixes);
    this.ranker = new ListRanker(options, items, prefixes);
    this.codes = options.codebooks() == null ? null : new UserCodes(options, prefixes);
  }

  private static PrefixItems prefixes(ModelOptions options) {
    int longest = options.halfLives().size() - 1;
    return new PrefixItems(
        options.codebooks().levels(),
        options.codebooks().codes(),
        options.prefixItems(),
        options.halfLives().get(Math.max(0, longest - 1)));
  }

  public ModelOptions options() {
    return options;
  }

  public ItemTable items() {
    return items;
  }

  /** The sequence of the latest mini-step; 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** Continues after a restart, so that the owners see this learner's sequence ascend. */
  public void resumeAfter(long lastSequence) {
    sequence = Math.max(sequence, lastSequence);
  }

  /**
   * Ranks each item for its user with the model as it stands: 1 + items scored higher + ties that
   * appeared earlier, among all that lists may show ({@link ItemTable#candidate}) and that are no
   * positives of the user; an item that no channel brought is ranked behind those that were. Pairs
   * of one user should stand next to each other: they share the scoring, at the time of the first.
   * The next {@link #learn} learns from these rankings.
   *
   * @param tested items by pair; negative for one that the table does not have
   * @param times event times in ms by pair
   * @param ranks receives the rank from 1, or 0 where the item is not ranked
   */
  public void test(UserProfile[] users, int[] tested, long[] times, int count, int[] ranks) {
    ranker.test(users, tested, times, count, ranks);
  }

  /**
   * Ranks an item by its number of users alone, under the rules of {@link #test}.
   *
   * @param item negative for one that the table does not have
   * @return the rank from 1, or 0 where the item is not ranked
   */
  public int popularityRank(UserProfile user, int item) {
    return ranker.popularityRank(user, item);
  }

  /**
   * Applies an event to the graph: to the user at once, to the item with the next {@link #learn}.
   *
   * @param weight positive: the user likes the item, and so much the more; negative: takes back as
   *     much; 0: the user knows the item, which leaves its lists and is never learned from
   * @param time event time in ms, in any order
   */
  public Observation observe(UserProfile user, int item, float weight, long time) {
    if (Float.isNaN(weight)) {
      throw new IllegalArgumentException("weight is NaN");
    }
    Observation observation = graph.observe(user, item, weight, time, step);
    if (observation == Observation.NEW_EDGE || observation == Observation.REPEATED_EDGE) {
      if (count == positives.length) {
        users = Arrays.copyOf(users, count * 2);
        positives = Arrays.copyOf(positives, count * 2);
        weights = Arrays.copyOf(weights, count * 2);
      }
      users[count] = user;
      positives[count] = item;
      weights[count] = weight;
      count++;
      if (prefixes != null) {
        prefixes.took(user.codes(), item, time);
      }
    }
    return observation;
  }

  /**
   * Notes that an item was shown to a user: one more exposure, and a hint of where the user is
   * looking. The item stays in the user's lists.
   *
   * @param time event time in ms, in any order
   */
  public Observation show(UserProfile user, int item, long time) {
    return graph.show(user, item, time, step);
  }

  /**
   * Learns from the rankings tested and the positives observed since the last call, in their order,
   * and ends the mini-step.
   *
   * @return one change per item touched, already applied to the replica; for the items' owners
   */
  public ItemChange[] learn() {
    return learn(1);
  }

  /**
   * {@link #learn()}, with as much replay as there is time for.
   *
   * @param replay how many times {@link ModelOptions#replays()} and {@link
   *     ModelOptions#foldInSteps()}
   */
  public ItemChange[] learn(float replay) {
    ItemChange[] changes = learnRows(replay);
    assignCodes();
    return changes;
  }

  /** {@link #learn(float)} without codes; {@link #assignCodes()} is to follow. */
  public ItemChange[] learnRows(float replay) {
    ranker.learn();
    learner.pace(replay);
    for (int i = 0; i < count; i++) {
      learner.learn(users[i], positives[i], weights[i], step);
      if (codes != null && learner.row() != null) {
        codes.touch(users[i], learner.row());
      }
      users[i] = null;
    }
    count = 0;
    return applied();
  }

  /** Gives the users of {@link #learnRows} codes, and gathers what a re-fit asks for. */
  public void assignCodes() {
    if (codes != null) {
      codes.assign();
    }
  }

  /**
   * Gives users their codes by these books from now on, each when it next learns something. What
   * was gathered by the books before and not fetched is dropped. To be called between mini-steps.
   *
   * @throws IllegalArgumentException if they are of another shape than the options say
   * @throws IllegalStateException if the options say that users get no codes
   */
  public void books(Codebooks books) {
    if (codes == null) {
      throw new IllegalStateException("users get no codes");
    }
    codes.use(books);
  }

  /** The books by which users get codes; null where they get none. */
  public Codebooks books() {
    return codes == null ? null : codes.books();
  }

  /**
   * What was gathered since the last call of the users who got codes, or would have if there were
   * books: for the fitter. Null if nothing was.
   */
  public CodeStatistics codeStatistics() {
    return codes == null ? null : codes.drain();
  }

  /**
   * Sets how many of the items that a user met last are asked what goes with them, for tests and
   * lists from now on.
   *
   * @param latest {@link #ASKED} unless there is no time for as many
   */
  public void ask(int latest) {
    ranker.ask(latest);
  }

  /**
   * The best items for each user, without hidden ones and excluded ones.
   *
   * @param k items per list at most
   * @param excludeKnown whether to leave out what the user's history holds, liked or not
   * @param excluded further item indices to leave out, by user; null, or null for a user, for none
   * @return one list per user
   */
  public RankedList[] rank(
      UserProfile[] users, int count, int k, boolean excludeKnown, int[][] excluded) {
    RankedList[] lists = new RankedList[count];
    ranker.rank(users, count, k, excludeKnown, excluded, lists);
    return lists;
  }

  /**
   * Takes a user out of the graph; the caller drops the profile afterwards. Edges that left the
   * bounded history stay in the items' counts. Not to be called between {@link #observe} and {@link
   * #learn}.
   *
   * @return one change per item of the user's history, already applied to the replica
   */
  public ItemChange[] erase(UserProfile user) {
    if (count != 0) {
      throw new IllegalStateException("erase within a mini-step");
    }
    graph.erase(user, step);
    return applied();
  }

  /**
   * Takes back the edges of a user that have grown too old for {@link Forgetting}; the items learn
   * of it with the next {@link #learn}. Needed for users who do not act: {@link #observe} does the
   * same.
   *
   * @param now event time in ms
   */
  public void forget(UserProfile user, long now) {
    graph.forget(user, now, step);
  }

  /** Edges taken back for their age, or to make room for later ones where edges have an age. */
  public long edgesExpired() {
    return graph.edgesExpired();
  }

  /**
   * Forgets the items that nobody met for so long that {@link Forgetting} lets them go. Others come
   * to stand at their indices, so every profile in memory must be given: its edges that are as old
   * must have left by {@link #forget} and {@link #learn}, and its list lets go of them here.
   *
   * @param now event time in ms
   * @return whether an item left; its profiles' lists may have changed then
   */
  public boolean forgetItems(long now, Iterable<UserProfile> profiles) {
    if (step.size() != 0) {
      throw new IllegalStateException("items leave within a mini-step");
    }
    BitSet gone = items.gone(now);
    if (gone.isEmpty()) {
      return false;
    }
    for (UserProfile profile : profiles) {
      profile.unlist(gone);
    }
    items.removeAll(gone);
    if (prefixes != null) {
      prefixes.removeAll(gone);
    }
    return true;
  }

  /** What ranks the candidates of lists and tests, and learns from the tests. */
  public CandidateScorer scorer() {
    return ranker.scorer();
  }

  /** What all lists made or tested so far have cost. */
  public ListCost listCost() {
    return ranker.cost();
  }

  /** Share of the items tested of late that were among the candidates. */
  public double candidateRecall() {
    return ranker.candidateRecall();
  }

  /** How the embedding's channel finds its items at the moment. */
  public Retrieval retrieval() {
    return ranker.retrieval();
  }

  /** Bytes held outside the heap. */
  public long offHeapBytes() {
    return ranker.offHeapBytes();
  }

  /** Releases the memory outside the heap. */
  @Override
  public void close() {
    ranker.close();
  }

  private ItemChange[] applied() {
    if (step.size() == 0) {
      return new ItemChange[0];
    }
    ItemChange[] changes = step.drain(++sequence);
    for (ItemChange change : changes) {
      items.applyOwn(change);
    }
    return changes;
  }
}
