package org.tallykeep.keyvault.audit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tallykeep.keyvault.audit.AuditReader.Opened;

/** Entries as comma-separated values (RFC 4180), a line an entry. */
final class AuditCsv {

  private static final String HEADER =
      "at,lane,sequence,action,outcome,purpose,client,person,grant,case,records,keysReleased,keysAsked";

  private AuditCsv() {}

  static String of(List<Opened> entries) {
    return entries.stream()
        .map(AuditCsv::line)
        .collect(Collectors.joining("", HEADER + "\r\n", ""));
  }

  private static String line(Opened opened) {
    AuditEvent event = opened.event();
    return Stream.of(
                event.at().toString(),
                opened.lane().toString(),
                Long.toString(opened.sequence()),
                event.action(),
                event.outcome().label(),
                event.purpose(),
                event.client(),
                event.person().orElse(""),
                event.grant().orElse(""),
                event.caseId().orElse(""),
                Integer.toString(event.records()),
                Long.toString(event.keys().stream().filter(AuditedKey::released).count()),
                Integer.toString(event.keys().size()))
            .map(AuditCsv::quoted)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /**
   * A spreadsheet takes what begins like a formula for one: a quote before it says that it is not.
   */
  private static String quoted(String value) {
    String safe =
        !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
