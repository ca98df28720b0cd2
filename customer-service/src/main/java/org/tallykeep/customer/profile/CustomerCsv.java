package org.tallykeep.customer.profile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.tallykeep.customer.imports.CsvRecord;
import org.tallykeep.customer.imports.CsvShape;

/** Profiles as CSV: a record each, with one address at most. */
final class CustomerCsv implements CsvShape {

  private static final List<String> COLUMNS =
      List.of(
          "externalId",
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
          "locale");

  private static final List<String> PLAIN = List.of("externalId", "birthDate", "locale");
  private static final List<String> SEVERAL = List.of("emails", "phones");
  private static final List<String> OF_ADDRESS =
      List.of("street", "postalCode", "town", "region", "country");
  private static final Map<String, String> OF_NAME =
      Map.of("givenName", "given", "familyName", "family");

  @Override
  public List<String> columns() {
    return COLUMNS;
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
    return profile;
  }

  private static void put(ObjectNode into, String field, CsvRecord record, String column) {
    String value = record.get(column);
    if (value != null) {
      into.put(field, value);
    }
  }
}
