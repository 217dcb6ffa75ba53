// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {

  @Test
  void aFailureOnAnotherThreadReachesTheCaller() {
    Thread caller = Thread.currentThread();
    CountDownLatch failing = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                new Workers(2)
                    .run(
                        Workers.even(2, 1),
                        (from, to) -> {
                          if (Thread.currentThread() != caller) {
                            failing.countDown();
                            throw new IllegalStateException("range " + from);
                          }
                          await(failing);
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("range ");
  }

  @Test
  void aFailureOfTheCallerWaitsForTheOtherThreads() {
    Thread caller = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    assertThatThrownBy(
            () ->
                new Workers(2)
                    .run(
                        Workers.even(2, 1),
                        (from, to) -> {
                          if (Thread.currentThread() == caller) {
                            await(begun);
                            throw new IllegalStateException("the caller's");
                          }
                          begun.countDown();
                          sleep(50);
                          ended.incrementAndGet();
                        }))
        .hasMessage("the caller's");
    assertThat(ended).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void nothingRunsOnOnceAFailureWasThrown(int threads) {
    for (int round = 0; round < 200; round++) {
      AtomicInteger begun = new AtomicInteger();
      AtomicInteger ended = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  new Workers(threads)
                      .run(
                          Workers.even(40, 1),
                          (from, to) -> {
                            begun.incrementAndGet();
                            if (from % 3 == 1) {
                              ended.incrementAndGet();
                              throw new IllegalStateException("every third");
                            }
                            Thread.yield();
                            ended.incrementAndGet();
                          }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(ended).hasValue(begun.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void rangesWithinRangesAreAllRun(int threads) {
    Workers workers = new Workers(threads);
    AtomicIntegerArray visits = new AtomicIntegerArray(30 * 30);
    workers.run(
        Workers.even(30, 1),
        (from, to) ->
            workers.run(
                Workers.even(30, 1),
                (innerFrom, innerTo) -> visits.incrementAndGet(from * 30 + innerFrom)));
    for (int i = 0; i < visits.length(); i++) {
      assertThat(visits.get(i)).isEqualTo(1);
    }
  }

  @Test
  void fewerThanOneThreadIsRefused() {
    assertThatThrownBy(() -> new Workers(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
