package org.tallykeep.customer.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowRefusedException;

class ConsentChecksTest {

  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
  private static final ConsentRow GOOD =
      new ConsentRow("profiling", "refused", " letter ", "2026-05-01T12:00:00+02:00", "v 1");

  private final ConsentChecks checks = new ConsentChecks(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void aConsentIsKeptInOneSpelling() {
    ReceivedConsents received = checks.check(GOOD);

    assertThat(received.received()).isEqualTo(NOW);
    assertThat(received.consents())
        .containsExactly(new Consent("profiling", Decision.REFUSED, "letter", NOW, "v 1"));
    assertThat(received.consents().getFirst().toString() + received + GOOD)
        .doesNotContain("letter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "purpose  | \"Profiling\"          | invalid-purpose",
        "purpose  | \"a--b\"               | invalid-purpose",
        "purpose  | \"-a\"                 | invalid-purpose",
        "purpose  | \"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx\" | invalid-purpose",
        "purpose  | null                   | invalid-purpose",
        "decision | \"maybe\"              | unknown-decision",
        "decision | null                   | unknown-decision",
        "source   | \" \"                  | missing",
        "source   | \"4111 1111 1111 1111\" | card-number",
        "wording  | null                   | missing",
        "wording  | \"4111111111111111\"   | card-number",
        "at       | null                   | missing",
        "at       | \"yesterday\"          | invalid-instant",
        "at       | \"2026-04-01\"         | invalid-instant",
        "at       | \"2026-05-01T10:00:01Z\" | instant-out-of-range",
        "at       | \"1969-12-31T23:59:59Z\" | instant-out-of-range",
        "at       | \"+999999999-01-01T00:00:00Z\" | instant-out-of-range"
      })
  void theFirstFieldAtFaultIsNamed(String field, String value, String code) {
    String json =
        """
        {"purpose":"profiling","decision":"granted","source":"letter",
         "at":"2026-04-01T00:00:00Z","wording":"1"}
        """
            .replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":" + value);
    ConsentRow row = JsonRows.of(ConsentRow.class).read(json.getBytes(StandardCharsets.UTF_8));

    RowRefusedException refused =
        catchThrowableOfType(RowRefusedException.class, () -> checks.check(List.of(GOOD, row)));

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.field()).isEqualTo("consents[1]." + field);
  }

  @Test
  void aProfileBringsNoMoreThanTwenty() {
    assertThat(checks.check(Collections.nCopies(20, GOOD)).consents()).hasSize(20);
    assertThat(checks.check((List<ConsentRow>) null)).isEqualTo(ReceivedConsents.NONE);
    assertThat(
            catchThrowableOfType(
                    RowRefusedException.class, () -> checks.check(Collections.nCopies(21, GOOD)))
                .code())
        .isEqualTo("too-many");
  }

  /** As docs/formats.md has it: a version, then entries of eight. */
  @Test
  void theDocumentIsTheseBytes() {
    ConsentHistory history =
        ConsentHistory.EMPTY.plus(
            new ReceivedConsents(
                Instant.ofEpochMilli(256),
                List.of(
                    new Consent("a-b", Decision.REFUSED, "web", Instant.ofEpochMilli(24), "1"))),
            new Recorder("person", "s"));

    assertThat(HexFormat.of().formatHex(ConsentCodec.write(history)))
        .isEqualTo(
            "9f01" // an array that begins with its version
                + "81" // one entry
                + "9f63612d62" // of eight: "a-b"
                + "6772656675736564" // "refused"
                + "63776562" // "web"
                + "1818" // 24 ms after 1970-01-01
                + "6131" // "1"
                + "190100" // received 256 ms after it
                + "66706572736f6e" // "person"
                + "6173" // "s"
                + "ffff");
    assertThat(ConsentCodec.read(ConsentCodec.write(history))).isEqualTo(history);
  }
}
