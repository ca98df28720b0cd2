package org.tallykeep.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tallykeep.customer.imports.CsvOutput;
import org.tallykeep.customer.imports.CsvRecord;
import org.tallykeep.customer.imports.CsvShape;

/** Profiles as CSV: a record each, with one address at most. */
final class CustomerCsv implements CsvShape, CsvOutput {

  private static final String ONE_ID = "externalId";
  private static final char BETWEEN = '|';

  private static final String REINSTATE = "reinstate";

  private static final List<String> COLUMNS =
      List.of(
          ONE_ID,
          "externalIds",
          "givenName",
          "familyName",
          "birthDate",
          "emails",
          "phones",
          "street",
          "postalCode",
          "town",
          "region",
          "country",
          "locale",
          REINSTATE);

  private static final List<String> PLAIN = List.of(ONE_ID, "birthDate", "locale");
  private static final List<String> SEVERAL = List.of("externalIds", "emails", "phones");
  private static final List<String> OF_ADDRESS =
      List.of("street", "postalCode", "town", "region", "country");
  private static final Map<String, String> OF_NAME =
      Map.of("givenName", "given", "familyName", "family");

  private static final String ATTRIBUTES = "attributes";
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,39})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?");

  private final Map<String, Attribute> attributes = new TreeMap<>();

  /**
   * @param declared attributes, each of which may be a column
   */
  CustomerCsv(List<Attribute> declared) {
    declared.forEach(each -> attributes.put(ATTRIBUTES + "." + each.name(), each));
  }

  @Override
  public List<String> columns() {
    return Stream.of(COLUMNS.stream(), attributes.keySet().stream(), CsvConsents.columns())
        .flatMap(each -> each)
        .toList();
  }

  @Override
  public boolean has(String column) {
    return columns().contains(column) || CsvConsents.has(column);
  }

  @Override
  public boolean joins() {
    return false;
  }

  @Override
  public ObjectNode json(List<CsvRecord> records) {
    CsvRecord record = records.getFirst();
    ObjectNode profile = JsonNodeFactory.instance.objectNode();
    PLAIN.forEach(column -> put(profile, column, record, column));
    String reinstate = record.get(REINSTATE);
    if (reinstate != null) {
      profile.set(REINSTATE, json(AttributeType.BOOLEAN, reinstate));
    }
    ObjectNode name = JsonNodeFactory.instance.objectNode();
    OF_NAME.forEach((column, field) -> put(name, field, record, column));
    if (!name.isEmpty()) {
      profile.set("name", name);
    }
    for (String column : SEVERAL) {
      String values = record.get(column);
      if (values != null) {
        var array = profile.putArray(column);
        for (String value : values.split("\\|", -1)) {
          array.add(value);
        }
      }
    }
    ObjectNode address = JsonNodeFactory.instance.objectNode();
    OF_ADDRESS.forEach(column -> put(address, column, record, column));
    if (!address.isEmpty()) {
      profile.putArray("addresses").add(address);
    }
    ObjectNode theirs = JsonNodeFactory.instance.objectNode();
    attributes.forEach(
        (column, attribute) -> {
          String value = record.get(column);
          if (value != null) {
            theirs.set(attribute.name(), json(attribute.type(), value));
          }
        });
    if (!theirs.isEmpty()) {
      profile.set(ATTRIBUTES, theirs);
    }
    CsvConsents.put(record, profile);
    return profile;
  }

  /** In the form that the type has in JSON; what is none stays a text and is refused as that. */
  private static JsonNode json(AttributeType type, String value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (type == AttributeType.NUMBER && NUMBER.matcher(value).matches()) {
      return nodes.numberNode(new BigDecimal(value));
    }
    boolean isBoolean = value.equals("true") || value.equals("false");
    return type == AttributeType.BOOLEAN && isBoolean
        ? nodes.booleanNode(Boolean.parseBoolean(value))
        : nodes.textNode(value);
  }

  @Override
  public List<String> written() {
    return columns().stream().filter(column -> !column.equals(ONE_ID)).toList();
  }

  @Override
  public Records records(ObjectNode profile) {
    Map<String, String> record = new HashMap<>();
    PLAIN.forEach(column -> copy(profile, column, record, column));
    OF_NAME.forEach((column, field) -> copy(profile.path("name"), field, record, column));
    boolean whole = true;
    for (String column : SEVERAL) {
      List<String> values = new ArrayList<>();
      profile.path(column).forEach(value -> values.add(value.asText()));
      whole &= !values.removeIf(value -> value.indexOf(BETWEEN) >= 0);
      if (!values.isEmpty()) {
        record.put(column, String.join(String.valueOf(BETWEEN), values));
      }
    }
    JsonNode addresses = profile.path("addresses");
    whole &= addresses.size() < 2;
    OF_ADDRESS.forEach(column -> copy(addresses.path(0), column, record, column));
    profile
        .path(ATTRIBUTES)
        .properties()
        .forEach(each -> record.put(ATTRIBUTES + "." + each.getKey(), plain(each.getValue())));
    return new Records(List.of(record), whole);
  }

  private static void copy(JsonNode from, String field, Map<String, String> record, String column) {
    if (from.hasNonNull(field)) {
      record.put(column, from.path(field).asText());
    }
  }

  private static String plain(JsonNode value) {
    return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
  }

  private static void put(ObjectNode into, String field, CsvRecord record, String column) {
    String value = record.get(column);
    if (value != null) {
      into.put(field, value);
    }
  }
}
