package org.tallykeep.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

  private final TestSigner signer = new TestSigner();
  private final Receipt receipt =
      new Receipt(
          UUID.fromString("0b1f2c3d-1111-4a5b-8c7d-9e0f1a2b3c4d"),
          Instant.parse("2026-03-01T08:00:00.123456Z"),
          LedgerEntry.Kind.SUBJECT,
          List.of(new Receipt.Key("00".repeat(16), LedgerEntry.Mode.SEVER, 7)),
          7,
          "ab".repeat(32),
          Instant.parse("2026-04-12T08:00:00Z"));
  private final String signed = Statement.RECEIPT.signed(receipt, signer);

  @Test
  void whatWasSignedIsReadBack() {
    assertThat(Statement.RECEIPT.verified(signed, signer.keys())).isEqualTo(receipt);
    assertThat(Statement.RECEIPT.verified(signed + "\n", signer.keys())).isEqualTo(receipt);
  }

  @Test
  void theKeysMayTravelAsAJsonWebKeySet() {
    SigningKeys travelled = SigningKeys.parse(signer.keys().toJson());
    assertThat(Statement.RECEIPT.verified(signed, travelled)).isEqualTo(receipt);
    assertThat(signer.keys().toJson())
        .contains("\"kty\":\"OKP\"", "\"crv\":\"Ed25519\"", "\"use\":\"sig\"", "\"alg\":\"EdDSA\"");
  }

  @Test
  void eachCharacterThatIsChangedIsNoticed() {
    for (int i = 0; i < signed.length(); i++) {
      for (char other : new char[] {'A', 'B', 'x', '_', '.', '9'}) {
        if (signed.charAt(i) != other) {
          String changed = signed.substring(0, i) + other + signed.substring(i + 1);
          assertThatThrownBy(() -> Statement.RECEIPT.verified(changed, signer.keys()))
              .as("%s at %d", other, i)
              .isInstanceOf(NotGenuine.class);
        }
      }
    }
  }

  @Test
  void eachCharacterThatIsMissingIsNoticed() {
    for (int i = 0; i < signed.length(); i++) {
      String shorter = signed.substring(0, i) + signed.substring(i + 1);
      assertThatThrownBy(() -> Statement.RECEIPT.verified(shorter, signer.keys()))
          .as("without %d", i)
          .isInstanceOf(NotGenuine.class);
    }
  }

  @Test
  void aStatementOfOneSortIsNoneOfAnother() {
    assertThatThrownBy(() -> Statement.LEDGER_HEAD.verified(signed, signer.keys()))
        .isInstanceOf(NotGenuine.class)
        .hasMessageContaining("no tallykeep-ledger-head");
  }

  @Test
  void anotherKeyOfTheSameNameDoesNotFit() {
    assertThatThrownBy(() -> Statement.RECEIPT.verified(signed, new TestSigner().keys()))
        .isInstanceOf(NotGenuine.class);
  }

  @Test
  void aKeyThatIsNotGivenIsNamedAsTheReason() {
    assertThatThrownBy(() -> Statement.RECEIPT.verified(signed, SigningKeys.of(Map.of())))
        .isInstanceOf(NotGenuine.class)
        .hasMessageContaining("not in the key set");
  }

  @Test
  void aWitnessIsReadBack() {
    Witness witness = new Witness(signed, null);
    assertThat(Witness.parse(witness.toJson())).isEqualTo(witness);
    assertThatThrownBy(() -> Witness.parse("no witness")).isInstanceOf(NotGenuine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "e30.e30.e30",
        "eyJhbGciOiJub25lIiwia2lkIjoidjEiLCJ0eXAiOiJ0YWxseWtlZXAtcmVjZWlwdCJ9.e30.",
        "eyJhbGciOiJIUzI1NiIsImtpZCI6InYxIiwidHlwIjoidGFsbHlrZWVwLXJlY2VpcHQifQ.e30.AAAA",
        "not a receipt"
      })
  void whatIsNoSignedStatementIsRefused(String text) {
    assertThatThrownBy(() -> Statement.RECEIPT.verified(text, signer.keys()))
        .isInstanceOf(NotGenuine.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}", "keys"})
  void whatIsNoKeySetIsRefused(String text) {
    assertThatThrownBy(() -> SigningKeys.parse(text)).isInstanceOf(NotGenuine.class);
  }
}
