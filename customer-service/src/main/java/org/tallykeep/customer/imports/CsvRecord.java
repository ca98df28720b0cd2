package org.tallykeep.customer.imports;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one record that are not empty, by column.
 *
 * @param line where it starts
 * @param bytes how long it was
 */
public record CsvRecord(long line, int bytes, Map<String, String> fields) {

  public CsvRecord {
    fields = Map.copyOf(fields);
  }

  /** The field of a column, or null if it is empty or there is no such column. */
  public @Nullable String get(String column) {
    return fields.get(column);
  }

  /** Says nothing of what it holds. */
  @Override
  public String toString() {
    return "CsvRecord " + line;
  }
}
