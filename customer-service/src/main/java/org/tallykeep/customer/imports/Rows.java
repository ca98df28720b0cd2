package org.tallykeep.customer.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a body, one after the other; holds one at a time.
 *
 * @param <T> the rows
 */
public interface Rows<T> {

  /**
   * The next row, read or refused, or null behind the last.
   *
   * @throws BrokenStreamException when nothing more can be read
   */
  @Nullable Row<T> next() throws IOException;

  /** Where the row starts that was read last or, after a break, could not be read. */
  long line();

  /**
   * Passes over all rows that were read by then.
   *
   * @param line a {@link Row#lastLine()}
   */
  void skipTo(long line) throws IOException;

  /**
   * One row as it was read.
   *
   * @param line where it starts
   * @param lastLine to be told to {@link #skipTo}; differs where several lines are one row
   * @param bytes how long it was
   * @param value null if it is refused
   * @param refused null if it could be read
   */
  record Row<T>(
      long line, long lastLine, int bytes, @Nullable T value, RowAnswer.@Nullable Refused refused) {

    static <T> Row<T> read(long line, long lastLine, int bytes, Reading<T> reading) {
      try {
        return new Row<>(line, lastLine, bytes, reading.read(), null);
      } catch (RowRefusedException e) {
        return new Row<>(line, lastLine, bytes, null, e.answer());
      }
    }

    /** Says nothing of the row. */
    @Override
    public String toString() {
      return "Row " + line;
    }
  }

  /** Makes a row of its text, or refuses it. */
  @FunctionalInterface
  interface Reading<T> {
    T read();
  }
}
