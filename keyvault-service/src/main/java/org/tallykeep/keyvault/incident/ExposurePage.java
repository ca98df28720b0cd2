package org.tallykeep.keyvault.incident;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tallykeep.evidence.AuditFault;

/** An exposure as a page that reads and prints well, without anything from elsewhere. */
final class ExposurePage {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ExposurePage() {}

  static String of(Incident incident, Exposure exposure) {
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Exposure report</title>
        <style>
        body{font:11pt/1.5 Georgia,serif;max-width:44em;margin:3em auto;padding:0 1em;color:#111}
        h1{font-size:1.6em}h2{font-size:1.15em;margin-top:1.6em}
        table{border-collapse:collapse;width:100%%}
        td,th{border-bottom:1px solid #bbb;padding:.3em .5em;text-align:left}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
        .warn{border-left:4px solid #a00;padding-left:.8em}
        @media print{body{margin:0}}
        </style></head><body>
        <h1>Exposure report</h1>
        <p>Incident %s, opened %s. Figures for a notification under GDPR Article 33(3).</p>
        <h2>Who</h2>
        <p>The %s <code>%s</code>.</p>
        <h2>When</h2>
        <p>From %s%s until %s. %s</p>
        <h2>How many</h2>
        <table>
        <tr><td>People: customers whose keys were handed out</td><td class="n">%s</td></tr>
        <tr><td>Purchasers whose customer was looked up</td><td class="n">%s</td></tr>
        <tr><td>Records: keys handed out, each time counted</td><td class="n">%s</td></tr>
        <tr><td>Requests that got nothing</td><td class="n">%s</td></tr>
        </table>
        <h2>Which categories</h2>
        <table><tr><th>Purpose</th><th class="n">Keys</th><th class="n">Records</th></tr>
        %s</table>
        %s
        <h2>What this rests on</h2>
        %s
        <p>A key handed out counts as exposed, whether or not anything was read with it. People and
        purchasers are counted apart because nothing in the database joins them.</p>
        </body></html>
        """
        .formatted(
            incident.id(),
            moment(incident.openedAt()),
            incident.principal().sort(),
            escaped(incident.principal().name()),
            moment(exposure.from()),
            exposure.fromAssumed() ? " (assumed: a day before the incident was opened)" : "",
            moment(exposure.until()),
            span(exposure),
            number(exposure.people()),
            number(exposure.pseudonyms()),
            number(exposure.records()),
            number(exposure.refused()),
            purposes(exposure),
            exposure.remarks().stream()
                .map(remark -> "<p>" + escaped(remark) + "</p>")
                .collect(Collectors.joining("\n")),
            audit(exposure));
  }

  private static String span(Exposure exposure) {
    return exposure
        .first()
        .map(
            first ->
                "The first key was handed out %s, the last %s."
                    .formatted(moment(first), moment(exposure.last().orElse(first))))
        .orElse("No key was handed out.");
  }

  private static String purposes(Exposure exposure) {
    return exposure.byPurpose().entrySet().stream()
        .map(
            each ->
                "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n"
                    .formatted(
                        escaped(each.getKey()),
                        number(each.getValue().keys()),
                        number(each.getValue().records())))
        .collect(Collectors.joining());
  }

  private static String audit(Exposure exposure) {
    String read =
        "%s entries of the audit trail were checked against %s witnessed checkpoints"
            .formatted(number(exposure.audit().entries()), number(exposure.audit().checkpoints()));
    if (exposure.audit().isGenuine() && exposure.unreadable() == 0) {
      return "<p>%s: none was changed, removed or reordered.</p>".formatted(read);
    }
    return "<div class=\"warn\"><p>%s. <strong>The trail is not as it was written; the figures may be too low.</strong> %s entries could not be opened.</p><ul>%s</ul></div>"
        .formatted(
            read,
            number(exposure.unreadable()),
            exposure.audit().faults().stream()
                .map(AuditFault::sentence)
                .map(sentence -> "<li>" + escaped(sentence) + "</li>")
                .collect(Collectors.joining()));
  }

  private static String moment(Instant at) {
    return MOMENT.format(at);
  }

  private static String number(long value) {
    return String.format(Locale.ENGLISH, "%,d", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
