package org.tallykeep.customer.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tallykeep.customer.platform.Refusal;

/** Which columns a file has, and what stands between them. */
final class CsvHeader {

  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();
  private static final char[] SEPARATORS = {',', ';', '\t'};

  private final List<String> columns;
  private final ObjectReader reader;

  private CsvHeader(List<String> columns, ObjectReader reader) {
    this.columns = columns;
    this.reader = reader;
  }

  /** The separator that a header has most of; names of columns hold none. */
  static char separator(String header) {
    char best = SEPARATORS[0];
    long most = 0;
    for (char candidate : SEPARATORS) {
      long count = header.chars().filter(sign -> sign == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  /**
   * @throws Refusal.Invalid if a column is unknown or there twice
   */
  static CsvHeader read(String line, char separator, CsvShape shape) {
    ObjectReader reader =
        MAPPER
            .readerFor(String[].class)
            .with(CsvSchema.emptySchema().withColumnSeparator(separator));
    List<String> columns;
    try {
      columns = fields(reader, line).stream().map(String::strip).toList();
    } catch (JsonProcessingException e) {
      throw refused("malformed-csv", "The header row cannot be read: quotes do not fit.");
    }
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!shape.has(column)) {
        throw refused(
            "unknown-column",
            "There is no column %s here. There are: %s."
                .formatted(JsonRows.harmless(column), String.join(", ", shape.columns())));
      }
      if (!seen.add(column)) {
        throw refused("duplicate-column", "The column %s is there twice.".formatted(column));
      }
    }
    return new CsvHeader(columns, reader);
  }

  static Refusal.Invalid refused(String code, String detail) {
    return new Refusal.Invalid("columns-refused", code, null, detail);
  }

  /**
   * @throws RowRefusedException if it is no such record
   */
  CsvRecord record(long line, byte[] bytes) {
    List<String> fields;
    try {
      fields = fields(reader, JsonRows.strictUtf8(bytes));
    } catch (JsonProcessingException e) {
      // Its message quotes the text.
      throw new RowRefusedException(
          "malformed-csv", null, "quotes do not fit: a quote inside a quoted field is doubled");
    }
    if (fields.size() != columns.size()) {
      throw new RowRefusedException(
          "malformed-csv", null, "the record has more or fewer fields than the header");
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).isEmpty()) {
        named.put(columns.get(i), fields.get(i));
      }
    }
    return new CsvRecord(line, bytes.length, named);
  }

  private static List<String> fields(ObjectReader reader, String text)
      throws JsonProcessingException {
    try (var records = reader.<String[]>readValues(text)) {
      List<String> fields = records.hasNextValue() ? List.of(records.nextValue()) : List.of();
      if (records.hasNextValue()) {
        throw new RowRefusedException("malformed-csv", null, "the record holds a stray line end");
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory is read without failures", e);
    }
  }
}
