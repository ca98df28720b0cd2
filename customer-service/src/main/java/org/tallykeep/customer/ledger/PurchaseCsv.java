package org.tallykeep.customer.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tallykeep.customer.imports.CsvOutput;
import org.tallykeep.customer.imports.CsvRecord;
import org.tallykeep.customer.imports.CsvShape;
import org.tallykeep.customer.imports.RowRefusedException;

/** Purchases as CSV: a record is a line of a purchase; neighbours of one event are one purchase. */
final class PurchaseCsv implements CsvShape, CsvOutput {

  private static final String EVENT = "eventId";
  private static final String LINES = "lines";
  private static final List<String> OF_PURCHASE =
      List.of(
          EVENT, "type", "corrects", "externalId", "customerId", "at", "day", "currency", "note");
  private static final String UNITS = "units";
  private static final List<String> OF_LINE =
      List.of("product", "category", "department", UNITS, "amount", "discount");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  @Override
  public List<String> columns() {
    return Stream.concat(OF_PURCHASE.stream(), OF_LINE.stream()).toList();
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public boolean continues(CsvRecord before, CsvRecord record) {
    String event = record.get(EVENT);
    return event != null && event.equals(before.get(EVENT));
  }

  @Override
  public ObjectNode json(List<CsvRecord> records) {
    CsvRecord first = records.getFirst();
    ObjectNode purchase = JsonNodeFactory.instance.objectNode();
    for (String column : OF_PURCHASE) {
      String value = first.get(column);
      if (value != null) {
        purchase.put(column, value);
      }
      requireSame(column, first, records);
    }
    var lines = purchase.putArray(LINES);
    // A record of nothing but the purchase takes an event back.
    records.stream()
        .filter(record -> OF_LINE.stream().anyMatch(column -> record.get(column) != null))
        .forEach(record -> line(lines.addObject(), record));
    return purchase;
  }

  /** Each record says all of the purchase, or leaves it to the first. */
  private static void requireSame(String column, CsvRecord first, List<CsvRecord> records) {
    for (CsvRecord record : records) {
      String value = record.get(column);
      if (value != null && !value.equals(first.get(column))) {
        throw new RowRefusedException(
            "contradiction", column, "records of one purchase say different things");
      }
    }
  }

  private static void line(ObjectNode line, CsvRecord record) {
    for (String column : OF_LINE) {
      String value = record.get(column);
      if (value != null && column.equals(UNITS) && WHOLE.matcher(value).matches()) {
        line.put(column, Long.parseLong(value));
      } else if (value != null) {
        line.put(column, value);
      }
    }
  }

  @Override
  public List<String> written() {
    return columns();
  }

  /** What is of the purchase stands in the first record alone, but for the event. */
  @Override
  public Records records(ObjectNode purchase) {
    List<Map<String, String>> records = new ArrayList<>();
    Map<String, String> first = new HashMap<>();
    OF_PURCHASE.forEach(column -> copy(purchase, column, first));
    records.add(first);
    JsonNode lines = purchase.path(LINES);
    for (int i = 0; i < lines.size(); i++) {
      Map<String, String> record = first;
      if (i > 0) {
        record = new HashMap<>();
        copy(purchase, EVENT, record);
        records.add(record);
      }
      for (String column : OF_LINE) {
        copy(lines.path(i), column, record);
      }
    }
    return new Records(records, true);
  }

  private static void copy(JsonNode from, String column, Map<String, String> record) {
    if (from.hasNonNull(column)) {
      record.put(column, from.path(column).asText());
    }
  }
}
