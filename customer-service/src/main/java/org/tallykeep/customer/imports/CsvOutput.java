package org.tallykeep.customer.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Rows in JSON as records of CSV, such as {@link CsvShape} reads again. */
public interface CsvOutput {

  /** The columns that are written, in their order. */
  List<String> written();

  /** The records of a row; at least one. */
  Records records(ObjectNode row);

  /**
   * What CSV can hold of a row.
   *
   * @param records the fields by column
   * @param whole whether that is all of it
   */
  record Records(List<Map<String, String>> records, boolean whole) {
    /** Says nothing of what they hold. */
    @Override
    public String toString() {
      return "Records[" + records.size() + "]";
    }
  }
}
