package org.tallykeep.customer.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tallykeep.customer.consent.ConsentChecks;
import org.tallykeep.customer.imports.CsvRecord;

/**
 * Consents as columns: a decision for each purpose, and for all of them where, when and to what.
 */
final class CsvConsents {

  private static final String CONSENTS = "consents";
  private static final String PREFIX = CONSENTS + ".";
  private static final List<String> COMMON = List.of("source", "at", "wording");

  /** To be named as examples: there may be any other. */
  private static final List<String> USUAL =
      List.of("email-marketing", "sms-marketing", "profiling");

  private CsvConsents() {}

  static Stream<String> columns() {
    return Stream.concat(USUAL.stream(), COMMON.stream()).map(PREFIX::concat);
  }

  static boolean has(String column) {
    return column.startsWith(PREFIX) && ConsentChecks.isPurpose(column.substring(PREFIX.length()));
  }

  /** Puts those that a record has into a profile, by the names of their purposes. */
  static void put(CsvRecord record, ObjectNode profile) {
    ArrayNode consents = profile.arrayNode();
    new TreeMap<>(record.fields())
        .forEach(
            (column, decision) -> {
              if (has(column) && !COMMON.contains(column.substring(PREFIX.length()))) {
                ObjectNode consent = consents.addObject();
                consent.put("purpose", column.substring(PREFIX.length()));
                consent.put("decision", decision);
                for (String field : COMMON) {
                  String common = record.get(PREFIX + field);
                  if (common != null) {
                    consent.put(field, common);
                  }
                }
              }
            });
    if (!consents.isEmpty()) {
      profile.set(CONSENTS, consents);
    }
  }
}
