package org.tallykeep.customer.imports;

import java.util.List;
import java.util.Set;

/**
 * Something that can be imported by a job.
 *
 * @param <T> the rows
 */
public interface ImportKind<T> {

  /** What callers name it by, such as {@code customers}. */
  String name();

  /** Rows as NDJSON. */
  RowFormat<T> ndjson();

  /** Rows as CSV. */
  RowFormat<T> csv();

  /** Rows in one of the two. */
  default RowFormat<T> format(boolean isCsv) {
    return isCsv ? csv() : ndjson();
  }

  /** All names that the path of a field may have; others are the caller's text. */
  Set<String> fieldNames();

  /**
   * As {@link BatchHandler#take}; told again, a batch is answered as if it were taken for the first
   * time.
   *
   * @param sender who sent the rows, for what is written down of changes
   */
  List<RowAnswer> take(List<T> rows, NewIds ids, String sender);
}
