package org.tallykeep.keyvault.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.fixture.InMemorySigningKey;

class SigningTest {

  private final InMemorySigningKey key = new InMemorySigningKey();
  private final Signing signing = new Signing(key);
  private final LedgerHead head = new LedgerHead(3, "ab", null, Instant.EPOCH);

  @Test
  void whatIsSignedVerifiesWithThePublicKeys() {
    String signed = signing.sign(Statement.LEDGER_HEAD, head);
    assertThat(Statement.LEDGER_HEAD.verified(signed, signing.keys())).isEqualTo(head);
  }

  @Test
  void aKeyThatIsTurnedOverSignsUnderItsNewNameAndOldSignaturesStayGood() {
    String before = signing.sign(Statement.LEDGER_HEAD, head);
    // Ten and more: as texts, v10 comes before v9.
    for (int i = 0; i < 11; i++) {
      key.turnOver();
      String after = signing.sign(Statement.LEDGER_HEAD, head);
      assertThat(Statement.LEDGER_HEAD.verified(after, signing.keys())).isEqualTo(head);
    }
    assertThat(Statement.LEDGER_HEAD.verified(before, signing.keys())).isEqualTo(head);
    String fresh = new Signing(key).sign(Statement.LEDGER_HEAD, head);
    assertThat(Statement.LEDGER_HEAD.verified(fresh, signing.keys())).isEqualTo(head);
  }
}
