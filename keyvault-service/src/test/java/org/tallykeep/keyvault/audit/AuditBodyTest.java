package org.tallykeep.keyvault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.audit.AuditEvent.Outcome;

class AuditBodyTest {

  @Test
  void whatWasWrittenIsRead() {
    AuditEvent event = event(3, Optional.of("person-1"), Optional.of("case 7 ü"));
    assertThat(AuditBody.decode(AuditBody.encode(event))).isEqualTo(event);
  }

  @Test
  void nothingAtAllIsNotAnEmptyText() {
    AuditEvent none = event(0, Optional.empty(), Optional.empty());
    AuditEvent empty = event(0, Optional.of(""), Optional.of(""));
    assertThat(AuditBody.decode(AuditBody.encode(none))).isEqualTo(none);
    assertThat(AuditBody.decode(AuditBody.encode(empty))).isEqualTo(empty);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,16", "16,16", "17,128", "128,128", "129,1024", "1024,1024"})
  void theNumberOfKeysIsPadded(int keys, int padded) {
    byte[] body = AuditBody.encode(event(keys, Optional.empty(), Optional.empty()));
    assertThat(body).hasSize(384 + 4 + padded * 21);
  }

  @ParameterizedTest
  @CsvSource({"331,384", "332,384", "333,768", "715,768", "716,768", "717,1152"})
  void theHeadIsPaddedToItsSteps(int caseId, int head) {
    AuditEvent event = event(1, Optional.empty(), Optional.of("x".repeat(caseId)));
    byte[] body = AuditBody.encode(event);
    assertThat(body).hasSize(head + 4 + 21);
    assertThat(AuditBody.decode(body)).isEqualTo(event);
  }

  @Test
  void nothingOfAnEventIsInItsName() {
    assertThat(event(1, Optional.of("person-1"), Optional.of("case 7"))).hasToString("AuditEvent");
  }

  @Test
  void theLengthDoesNotTellWhetherAPersonAsked() {
    assertThat(
            Stream.of(
                    event(1, Optional.empty(), Optional.empty()),
                    event(1, Optional.of(UUID.randomUUID().toString()), Optional.empty()),
                    event(
                        1, Optional.of(UUID.randomUUID().toString()), Optional.of("x".repeat(100))))
                .map(AuditBody::encode)
                .map(body -> body.length)
                .distinct())
        .hasSize(1);
  }

  @Test
  void aTextThatIsTooLongIsCutBetweenCharacters() {
    String longest = "x".repeat(AuditBody.LONGEST_TEXT);
    assertThat(read(longest).caseId()).hasValue(longest);
    assertThat(read(longest + "y").caseId()).hasValue(longest + "…");
    assertThat(read("x".repeat(999) + "\uD83D\uDD11y").caseId()).hasValue("x".repeat(999) + "…");
    assertThat(read("ü".repeat(100_000)).caseId()).hasValue("ü".repeat(1_000) + "…");
  }

  private static AuditEvent read(String caseId) {
    return AuditBody.decode(AuditBody.encode(event(1, Optional.empty(), Optional.of(caseId))));
  }

  @Test
  void moreKeysThanABatchAreRefused() {
    AuditEvent event = event(1_025, Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> AuditBody.encode(event)).isInstanceOf(IllegalArgumentException.class);
  }

  static AuditEvent event(int keys, Optional<String> person, Optional<String> caseId) {
    return new AuditEvent(
        Instant.parse("2026-03-01T08:00:00.123456Z"),
        "unwrap",
        Outcome.GRANTED,
        "link",
        "customer-service",
        person,
        Optional.empty(),
        caseId,
        keys,
        IntStream.range(0, keys)
            .mapToObj(i -> new AuditedKey(new KeyRef(new UUID(i, i), 1 + i), i % 2 == 0))
            .toList());
  }

  static List<AuditEvent> events(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> event(i % 20, Optional.of("person-" + i), Optional.empty()))
        .toList();
  }
}
