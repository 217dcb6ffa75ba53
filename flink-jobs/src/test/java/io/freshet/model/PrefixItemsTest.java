// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixItemsTest {

  private static final long HOUR = 3_600_000;
  private static final long NOW = 400_000 * HOUR;

  private final PrefixItems taken = new PrefixItems(2, 3, 4, HOUR);
  private final PrefixChannel channel = new PrefixChannel(taken);
  private final ModelOptions options = ModelOptions.defaults();

  @Test
  void aLongerPrefixComesFirstAndItsParentFillsUp() {
    took(0, 1, 7);
    took(0, 2, 8);
    took(0, 2, 9);
    took(1, 1, 5);

    assertThat(gather(user(0, 1), 10)).containsExactly(7, 8, 9);
    assertThat(gather(user(0, 1), 2)).containsExactly(7, 8);
    assertThat(gather(user(0, 0), 10)).containsExactly(7, 8, 9);
    assertThat(gather(user(2, 0), 10)).isEmpty();
    assertThat(gather(new UserProfile("new", options), 10)).isEmpty();
  }

  @Test
  void whatMayNotBeShownIsNotBrought() {
    took(0, 1, 7);
    took(0, 1, 8);
    channel.gather(user(0, 1), 20, 10, item -> item != 7);
    assertThat(channel.count()).isEqualTo(1);
    assertThat(channel.item(0)).isEqualTo(8);
  }

  @Test
  void aFeatureIsTheLogOfTheDecayedCountAtEachLevel() {
    took(0, 1, 7);
    took(0, 1, 7);
    took(0, 2, 7);
    took(0, 2, 8);
    gather(user(0, 1), 10);
    float[] out = new float[4];

    channel.features(7, NOW, out, 1);
    assertThat(out[1]).isCloseTo((float) (Math.log(3) / Math.log(2)), within(1e-3f));
    assertThat(out[2]).isCloseTo(1, within(1e-3f));
    channel.features(7, NOW + HOUR, out, 1);
    assertThat(out[2]).isCloseTo(0, within(1e-3f));
    channel.features(8, NOW, out, 1);
    assertThat(out[1]).isCloseTo(0, within(1e-3f));
    assertThat(out[2]).isEqualTo(-4);

    gather(user(2, 1), 10);
    channel.features(7, NOW, out, 1);
    assertThat(out[1]).isEqualTo(-4);
  }

  @Test
  void theLeastTakenOfAFullPrefixMakesRoom() {
    for (int item = 0; item < 4; item++) {
      took(0, 0, item);
      took(0, 0, item);
    }
    taken.took(new int[] {0, 0}, 1, NOW + HOUR);
    taken.took(new int[] {0, 0}, 0, NOW + HOUR);
    taken.took(new int[] {0, 0}, 3, NOW + HOUR);
    taken.took(new int[] {0, 0}, 11, NOW + HOUR);
    assertThat(gather(user(0, 0), 10)).containsExactlyInAnyOrder(0, 1, 3, 11);
  }

  @Test
  void itemsThatLeaveAreForgotten() {
    took(0, 1, 7);
    took(0, 1, 8);
    BitSet gone = new BitSet();
    gone.set(7);
    taken.removeAll(gone);
    assertThat(gather(user(0, 1), 10)).containsExactly(8);
  }

  @Test
  void whatAUserTookGoesWithTheUser() {
    EdgeHistory history = new EdgeHistory();
    history.insert(6, NOW - 5 * HOUR, 1, 100);
    history.insert(7, NOW - HOUR, 1, 100);
    history.insert(8, NOW, 1, 100);
    history.insert(9, NOW, 0, 100);
    for (int i = 0; i < 3; i++) {
      taken.took(new int[] {0, 1}, history.item(i), history.time(i));
    }
    took(0, 1, 8);

    taken.move(new int[] {0, 1}, new int[] {0, 2}, history);
    assertThat(gather(user(0, 1), 10)).containsExactly(6, 8, 7);
    float[] out = new float[2];
    channel.features(8, NOW, out, 0);
    assertThat(out).containsExactly(1, 0);
    channel.features(7, NOW, out, 0);
    assertThat(out).containsExactly(-1, -4);
    assertThat(gather(user(0, 2), 10)).containsExactly(8, 7, 6);

    taken.move(new int[] {0, 2}, new int[] {1, 2}, history);
    assertThat(gather(user(0, 2), 10)).containsExactly(6, 8);
    assertThat(gather(user(1, 2), 10)).containsExactly(8, 7);
  }

  @Test
  void aUserWhoHadNoCodesBringsWhatItTook() {
    EdgeHistory history = new EdgeHistory();
    history.insert(7, NOW, 1, 100);
    taken.move(new int[] {}, new int[] {0, 1}, history);
    assertThat(gather(user(0, 1), 10)).containsExactly(7);
  }

  @Test
  void whatIsLateDoesNotTakeThePlaceOfWhatCountsMore() {
    for (int item = 0; item < 4; item++) {
      took(0, 0, item);
    }
    taken.took(new int[] {0, 0}, 11, NOW - HOUR);
    assertThat(gather(user(0, 0), 10)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void levelsOfTooManyPrefixesAreLeftAside() {
    assertThat(new PrefixItems(3, 16, 4, HOUR).levels()).isEqualTo(3);
    assertThat(new PrefixItems(5, 16, 4, HOUR).levels()).isEqualTo(4);
  }

  private void took(int first, int second, int item) {
    taken.took(new int[] {first, second}, item, NOW);
  }

  private UserProfile user(int... codes) {
    UserProfile user = new UserProfile("u", options);
    user.code(codes, 1, 1, NOW);
    return user;
  }

  private List<Integer> gather(UserProfile user, int most) {
    channel.gather(user, 20, most, item -> true);
    return IntStream.range(0, channel.count()).mapToObj(channel::item).toList();
  }
}
