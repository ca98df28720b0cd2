package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.InMemoryLog;
import org.tallykeep.keyvault.fixture.InMemorySigningKey;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.signing.Signing;
import org.tallykeep.keyvault.signing.SigningFixture;
import org.tallykeep.keyvault.witness.WitnessFile;
import org.tallykeep.keyvault.witness.WitnessFixture;

class LedgerMemoryTest {

  @TempDir private Path folder;

  private final Database database = TestDatabase.migrated();
  private final BranchKeys branches =
      BranchFixture.keys(database, new FakeRoot(), new MovableClock());
  private final InMemoryLog log = new InMemoryLog();
  private final Signing signing = SigningFixture.with(new InMemorySigningKey());
  private final RevocationLedger ledger = read();

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

  private RevocationLedger read() {
    RevocationLedger replica = LedgerFixture.on(log, database, branches);
    replica.catchUp();
    replica.replayed();
    return replica;
  }

  private void destroyOne() {
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
  }

  private WitnessFile witness() {
    return WitnessFixture.at(folder.resolve("witness.json"));
  }

  private LedgerMemory memory(WitnessFile witness, RevocationLedger read) {
    return new LedgerMemory(read, new LedgerRepository(database), signing, witness);
  }

  private void remember(LedgerMemory memory) {
    database.transaction(
        connection -> {
          memory.remember(connection);
          return true;
        });
  }
}
