package org.tallykeep.customer.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the columns of a kind of CSV mean, as the fields of the same row in JSON. */
public interface CsvShape {

  /** The columns there may be, in the order to name them in. */
  List<String> columns();

  /** Whether there may be a column of this name, listed or not. */
  default boolean has(String column) {
    return columns().contains(column);
  }

  /** Whether neighbouring records can be one row; then none is taken whose end is not seen. */
  boolean joins();

  /** Whether a record belongs to the same row as the one before. */
  default boolean continues(CsvRecord before, CsvRecord record) {
    return false;
  }

  /**
   * The row that records make.
   *
   * @param records at least one; one if this kind joins none
   * @throws RowRefusedException if they contradict each other
   */
  ObjectNode json(List<CsvRecord> records);
}
