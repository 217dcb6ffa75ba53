// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Gathers the figures of a drift record from its fields, in any order. */
final class CodebookFigures {
  private Long users;
  private Long codes;
  private Long codesUsed;
  private Double perplexity;
  private Long dead;
  private Long expired;
  private Double largestShare;
  private Double error;
  private Double centroidShift;
  private Double changed;
  private Double separation;
  private Double effectiveRank;
  private double[] usage;

  /** Takes a field over; skips one that is no figure. */
  void read(JsonParser in, String field) throws IOException, RecordException {
    switch (field) {
      case "users" -> users = Json.integer(in, field);
      case "codes" -> codes = Json.integer(in, field);
      case "codes_used" -> codesUsed = Json.integer(in, field);
      case "perplexity" -> perplexity = Json.decimal(in, field);
      case "dead" -> dead = Json.integer(in, field);
      case "expired" -> expired = Json.integer(in, field);
      case "largest_share" -> largestShare = Json.decimal(in, field);
      case "error" -> error = Json.decimal(in, field);
      case "centroid_shift" -> centroidShift = Json.decimal(in, field);
      case "changed" -> changed = Json.decimal(in, field);
      case "separation" -> separation = Json.decimal(in, field);
      case "effective_rank" -> effectiveRank = Json.decimal(in, field);
      case "usage" -> usage = Json.decimals(in, field);
      default -> in.skipChildren();
    }
  }

  CodebookDrift.Figures present() throws RecordException {
    return new CodebookDrift.Figures(
        Json.present(users, "users"),
        Json.present(codes, "codes"),
        Json.present(codesUsed, "codes_used"),
        Json.present(perplexity, "perplexity"),
        Json.present(dead, "dead"),
        Json.present(expired, "expired"),
        Json.present(largestShare, "largest_share"),
        Json.present(error, "error"),
        Json.present(centroidShift, "centroid_shift"),
        Json.present(changed, "changed"),
        Json.present(separation, "separation"),
        Json.present(effectiveRank, "effective_rank"),
        Json.present(usage, "usage"));
  }
}
