package org.tallykeep.customer.imports;

import java.io.IOException;
import java.io.InputStream;

/**
 * How a body is cut into rows.
 *
 * @param <T> the rows
 */
@FunctionalInterface
public interface RowFormat<T> {

  /**
   * Reads what comes before the first row, if the format has such a thing.
   *
   * @param body as {@link ImportBody} opens it
   * @throws org.tallykeep.customer.platform.Refusal when the body as a whole is not of this format
   */
  Rows<T> open(InputStream body) throws IOException;

  /** One row a line. */
  static <T> RowFormat<T> lines(RowReader<T> reader) {
    return body -> new LineRows<>(body, reader);
  }

  /** A header and records, which the reader gets as lines of JSON. */
  static <T> RowFormat<T> csv(CsvShape shape, RowReader<T> reader) {
    return body -> CsvRows.open(body, shape, reader);
  }
}
