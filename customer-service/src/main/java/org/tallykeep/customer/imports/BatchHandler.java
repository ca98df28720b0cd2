package org.tallykeep.customer.imports;

import java.util.List;

/** Takes well-formed rows, a batch at a time. */
@FunctionalInterface
public interface BatchHandler<T> {

  /**
   * Takes one batch in a transaction of its own: when this returns, what it answered is committed.
   * When it throws, nothing of the batch is kept and the import ends with an error line, which
   * tells a {@link org.tallykeep.platform.problem.Problem} as it is and anything else as an
   * incident.
   *
   * @param rows up to a thousand rows in the order of their lines
   * @return one answer for each row, in the same order
   */
  List<RowAnswer> take(List<T> rows);
}
