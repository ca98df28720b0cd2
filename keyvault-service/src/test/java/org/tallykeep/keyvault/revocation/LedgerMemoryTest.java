package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.fixture.InMemoryLog;
import org.tallykeep.keyvault.fixture.InMemorySigningKey;
import org.tallykeep.keyvault.signing.Signing;
import org.tallykeep.keyvault.signing.SigningFixture;
import org.tallykeep.keyvault.witness.WitnessFile;
import org.tallykeep.keyvault.witness.WitnessFixture;

class LedgerMemoryTest extends LedgerMemoryCase {
  @Test
  void aLedgerAsItIsRememberedIsTaken() {
    LedgerMemory memory = memory(witness(), ledger);
    assertThatCode(memory::compare).doesNotThrowAnyException();
    destroyOne();
    remember(memory);
    destroyOne();
    assertThatCode(memory::compare).doesNotThrowAnyException();
  }

  @Test
  void aLedgerThatIsShorterThanTheDatabaseRemembersIsNotTaken() {
    destroyOne();
    destroyOne();
    remember(memory(witness(), ledger));
    log.entries.remove(3L);
    assertThatThrownBy(memory(witness(), read())::compare)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("ends at entry 2")
        .hasMessageContaining("the database remembers entry 3");
  }

  @Test
  void aLedgerOfTheSameLengthThatIsAnotherIsNotTaken() {
    destroyOne();
    remember(memory(witness(), ledger));
    log.entries.remove(2L);
    read().destroy(Kind.SUBJECT, Mode.PURGE, List.of(UUID.randomUUID()));
    assertThatThrownBy(memory(witness(), read())::compare)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("Entry 2");
  }

  @Test
  void theDatabaseNeverRemembersLess() {
    destroyOne();
    LedgerMemory newer = memory(witness(), ledger);
    remember(newer);
    InMemoryLog shorter = new InMemoryLog();
    shorter.entries.put(1L, log.read(1).orElseThrow());
    RevocationLedger older = LedgerFixture.on(shorter, database, branches);
    older.catchUp();
    remember(memory(witness(), older));
    assertThatThrownBy(memory(witness(), older)::compare).isInstanceOf(LedgerBroken.class);
  }

  @Test
  void whatTheWitnessRemembersCountsToo() {
    WitnessFile witness = witness();
    LedgerMemory memory = memory(witness, ledger);
    destroyOne();
    memory.sign();
    WitnessFixture.write(witness);
    assertThatCode(memory::compare).doesNotThrowAnyException();

    log.entries.remove(2L);
    assertThatThrownBy(memory(witness, read())::compare)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("the witness remembers entry 2");
  }

  @Test
  void aWitnessThatSomebodyElseSignedIsNotTaken() {
    WitnessFile witness = witness();
    Signing foreign = SigningFixture.with(new InMemorySigningKey());
    witness.ledgerHead(foreign.sign(Statement.LEDGER_HEAD, ledger.head()));
    WitnessFixture.write(witness);
    assertThatThrownBy(memory(witness, ledger)::compare)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("not genuine");
  }

  @Test
  void nothingIsSignedBeforeTheLedgerWasRead() {
    WitnessFile witness = witness();
    RevocationLedger unread = LedgerFixture.on(log, database, branches);
    memory(witness, unread).sign();
    WitnessFixture.write(witness);
    assertThat(witness.remembered().ledgerHead()).isNull();
  }
}
