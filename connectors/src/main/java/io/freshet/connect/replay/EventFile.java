// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.connect.DataFile;
import io.freshet.connect.DataFileException;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * A file of interactions, by the end of its name:
 *
 * <ul>
 *   <li>{@code .csv}: a header line, then one event a line. Columns in any order: {@code event_id},
 *       {@code user_id}, {@code item_id}, {@code event_type}, {@code timestamp_ms} (milliseconds
 *       since 1970) and optionally {@code value}; others are skipped. UTF-8, quoted as in RFC 4180.
 *   <li>{@code .jsonl}, {@code .json}: one interaction a line, as on the interactions topic.
 * </ul>
 *
 * and either of them compressed, with {@code .zst} after it. The file is read as a stream, never
 * held.
 */
public final class EventFile {
  private static final int PROGRESS_EVERY = 1 << 16;

  private final Path path;
  private final boolean csv;

  private EventFile(Path path, boolean csv) {
    this.path = path;
    this.csv = csv;
  }

  /**
   * The event file at a path.
   *
   * @throws DataFileException if there is no readable file or its name does not tell its format
   */
  public static EventFile at(Path path) throws DataFileException {
    DataFile.requireReadable(path);
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (DataFile.isCompressed(path)) {
      name = name.substring(0, name.length() - DataFile.ZSTD.length());
    }
    boolean csv = name.endsWith(".csv");
    if (!csv && !name.endsWith(".jsonl") && !name.endsWith(".json")) {
      throw new DataFileException(
          path, "the name must end in .csv, .jsonl or .json, or in one of these and .zst");
    }
    return new EventFile(path, csv);
  }

  /** Where the file lies. */
  public Path path() {
    return path;
  }

  /**
   * Opens the file at its first event; the caller closes the stream.
   *
   * @throws DataFileException if the CSV header lacks a column
   * @throws IOException if the file cannot be opened
   */
  public EventStream open() throws IOException {
    InputStream bytes = DataFile.open(path);
    try {
      return csv ? new CsvEvents(path, bytes) : new JsonEvents(path, bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * What a whole file holds.
   *
   * @param events number of events
   * @param users number of users; beyond a million an estimate that is about 0.2% off
   * @param items number of items, likewise
   * @param firstTime smallest timestamp, milliseconds; 0 in an empty file
   * @param lastTime largest timestamp, milliseconds; 0 in an empty file
   * @param sorted whether no event is older than the one before it
   * @param largestRating largest value of an event of type {@value EventTypes#RATING}; NaN when
   *     there is none
   * @param types number of events of each type
   */
  public record Summary(
      long events,
      long users,
      long items,
      long firstTime,
      long lastTime,
      boolean sorted,
      float largestRating,
      Map<String, Long> types) {}

  /** Reads the whole file once; see {@link #summarize(LongConsumer)}. */
  public Summary summarize() throws IOException {
    return summarize(events -> {});
  }

  /**
   * Reads the whole file once and says what it holds, in bounded memory.
   *
   * @param progress told now and then how many events have been read
   * @throws DataFileException at the first event that cannot be read
   */
  public Summary summarize(LongConsumer progress) throws IOException {
    DistinctCount users = new DistinctCount();
    DistinctCount items = new DistinctCount();
    Map<String, long[]> types = new TreeMap<>();
    long count = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long previous = Long.MIN_VALUE;
    boolean sorted = true;
    float largestRating = Float.NaN;
    try (EventStream events = open()) {
      for (Interaction event = events.next(); event != null; event = events.next()) {
        users.add(event.userId());
        items.add(event.itemId());
        types.computeIfAbsent(event.eventType(), type -> new long[1])[0]++;
        first = Math.min(first, event.timestamp());
        last = Math.max(last, event.timestamp());
        sorted &= event.timestamp() >= previous;
        previous = event.timestamp();
        if (event.eventType().equals(EventTypes.RATING) && !Float.isNaN(event.value())) {
          largestRating =
              Float.isNaN(largestRating) ? event.value() : Math.max(largestRating, event.value());
        }
        if (++count % PROGRESS_EVERY == 0) {
          progress.accept(count);
        }
      }
    }
    Map<String, Long> counts = new TreeMap<>();
    types.forEach((type, number) -> counts.put(type, number[0]));
    return new Summary(
        count,
        users.count(),
        items.count(),
        count == 0 ? 0 : first,
        count == 0 ? 0 : last,
        sorted,
        largestRating,
        Map.copyOf(counts));
  }
}
