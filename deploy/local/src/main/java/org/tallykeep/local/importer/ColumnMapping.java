package org.tallykeep.local.importer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a file become purchases: the content of a {@code columns.yaml}.
 *
 * <pre>
 * format:                      # optional, and so is each of its parts
 *   delimiter: ","             # one character, "\t", or the word whitespace
 *   header: true               # whether the first row names the columns
 *   columns: [a, b, c]         # their names, when header is false
 * purchase:
 *   id: order_id               # rows with the same id are one purchase. Without it each row is
 *                              # one, known by its customer, day and place among that day's rows
 *   customer: customer_id      # the buyer's id in your systems
 *   at: {column: time, format: "yyyy-MM-dd HH:mm:ss", zone: Europe/Paris}
 *   # or, when only the day is known:  day: {column: date, format: yyyyMMdd}
 *   currency: currency         # optional
 *   note: remark               # optional free text
 * line:
 *   product: sku
 *   units: quantity            # optional: 1
 *   amount: paid               # what was paid for the line, 1234.56
 *   discount: [rebate, coupon] # optional; one column or several that are added
 *   category: category         # optional
 *   department: department     # optional
 * products:                    # optional: a second file beside the first
 *   file: products.csv
 *   key: sku
 *   category: category
 *   department: department
 * </pre>
 *
 * Wherever a column is named, {@code {value: text}} puts the same text into every row instead.
 * {@code at: time} and {@code day: date} alone expect ISO 8601.
 */
record ColumnMapping(
    @Nullable Format format, Purchases purchase, Lines line, @Nullable Products products) {

  /** A column, or one text for all rows: exactly one is not null. */
  record Source(@Nullable String column, @Nullable String value) {

    Source {
      if ((column == null) == (value == null)) {
        throw new IllegalArgumentException("expected the name of a column, or {value: text}");
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Source of(JsonNode node) {
      if (node.isObject() && node.size() == 1 && node.has("value")) {
        return new Source(null, node.get("value").asText());
      }
      return new Source(node.isValueNode() && !node.isNull() ? node.asText() : null, null);
    }
  }

  /** One source or several. */
  record Sources(List<Source> all) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Sources of(JsonNode node) {
      List<Source> sources = new ArrayList<>();
      if (node.isArray()) {
        node.forEach(each -> sources.add(Source.of(each)));
      } else {
        sources.add(Source.of(node));
      }
      return new Sources(sources);
    }
  }

  /** A column with a time or a day in it, and how that is written. */
  record Moment(String column, @Nullable String format, @Nullable String zone) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Moment of(JsonNode node) {
      if (node.isTextual()) {
        return new Moment(node.asText(), null, null);
      }
      for (String name : (Iterable<String>) node::fieldNames) {
        if (!List.of("column", "format", "zone").contains(name)) {
          throw new IllegalArgumentException("knows column, format and zone, not " + name);
        }
      }
      if (!node.hasNonNull("column")) {
        throw new IllegalArgumentException("expected a column, or {column: …, format: …}");
      }
      return new Moment(node.get("column").asText(), text(node, "format"), text(node, "zone"));
    }

    private static @Nullable String text(JsonNode node, String name) {
      return node.hasNonNull(name) ? node.get(name).asText() : null;
    }
  }

  record Format(
      @Nullable String delimiter, @Nullable Boolean header, @Nullable List<String> columns) {}

  record Purchases(
      @Nullable Source id,
      Source customer,
      @Nullable Moment at,
      @Nullable Moment day,
      @Nullable Source currency,
      @Nullable Source note) {}

  record Lines(
      Source product,
      @Nullable Source units,
      Source amount,
      @Nullable Sources discount,
      @Nullable Source category,
      @Nullable Source department) {}

  record Products(
      String file, String key, @Nullable String category, @Nullable String department) {}
}
