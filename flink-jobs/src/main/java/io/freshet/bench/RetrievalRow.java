// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

/**
 * What looking at a share of the rows costs and finds.
 *
 * @param rows the kind of rows
 * @param share of them that is looked at
 * @param recall share of the best 100 rows that is found
 * @param micros processor time of a vector
 * @param exactMicros of one that meets all rows, alone
 * @param exactTogetherMicros the same of each of sixteen together
 * @param putMicros of putting a changed row
 * @param exactPutMicros the same where rows are in no cells
 * @param fillSeconds from the first row in a cell to the last, and the fit before it
 * @param fillVectors vectors scored meanwhile
 * @param bytesPerByte what the cells hold for a byte of a row
 */
public record RetrievalRow(
    String rows,
    double share,
    double recall,
    double micros,
    double exactMicros,
    double exactTogetherMicros,
    double putMicros,
    double exactPutMicros,
    double fillSeconds,
    int fillVectors,
    double bytesPerByte) {}
