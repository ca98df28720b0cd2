package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.envelope.KeyRef;

class IfMatchTest {

  private static final CustomerRow THIRD =
      new CustomerRow(
          UUID.randomUUID(),
          new KeyRef(UUID.randomUUID(), 1),
          3,
          new byte[0],
          new byte[0],
          new byte[0]);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "\"3-masked\"",
        "\"3-contact+identity\"",
        "\"2-masked\", \"3-identity\"",
        "\"other\" , \"3-masked\""
      })
  void anyTagOfTheRevisionWillDo(String header) {
    assertThatCode(() -> IfMatch.of(header).require(THIRD)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2-masked\"",
        "\"33-masked\"",
        "W/\"3-masked\"",
        "3-masked",
        "\"3\"",
        "\"99999999999-masked\"",
        "nonsense"
      })
  void whatIsOfAnotherRevisionIsRefused(String header) {
    assertThatThrownBy(() -> IfMatch.of(header).require(THIRD))
        .isInstanceOfSatisfying(
            Refusal.Outdated.class, refusal -> assertThat(refusal.kind().status()).isEqualTo(412));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void withoutATagNothingIsChanged(@Nullable String header) {
    assertThatThrownBy(() -> IfMatch.of(header))
        .isInstanceOfSatisfying(
            Refusal.Unconditional.class,
            refusal -> assertThat(refusal.kind().status()).isEqualTo(428));
  }
}
