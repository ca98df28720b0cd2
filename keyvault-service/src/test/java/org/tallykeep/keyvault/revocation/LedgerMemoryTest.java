package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.evidence.LedgerEntry;
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
  void whatIsMissingAtTheEndMayBeGivenUpAndTheLedgerGoesOn() {
    WitnessFile witness = witness();
    LedgerMemory before = memory(witness, ledger);
    destroyOne();
    destroyOne();
    before.sign();
    WitnessFixture.write(witness);
    destroyOne();
    remember(before);
    // The database remembers entry 4, the witness entry 3.
    log.entries.remove(4L);
    log.entries.remove(3L);
    RevocationLedger shorter = read();
    LedgerMemory memory = memory(witness, shorter);
    LostEntries lost = lost(memory);
    assertThat(lost.left().position()).isEqualTo(2);
    assertThat(lost.remembered().position()).isEqualTo(4);

    assertThat(memory.giveUp(lost, connection -> true)).isTrue();

    assertThatCode(memory::compare).doesNotThrowAnyException();
    assertThatCode(memory(witness(), read())::compare).doesNotThrowAnyException();
    assertThat(log.entries).hasSize(4);
    assertThat(witness.remembered().ledgerHead()).isNotNull();
    shorter.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
    remember(memory);
    log.entries.remove(5L);
    assertThat(lost(memory(witness(), read())).remembered().position()).isEqualTo(5);
  }

  @Test
  void whoDiesBetweenTheLedgerAndTheMemoriesHasGivenUpEnough() {
    destroyOne();
    destroyOne();
    remember(memory(witness(), ledger));
    log.entries.remove(3L);
    RevocationLedger shorter = read();
    LostEntries lost = lost(memory(witness(), shorter));
    shorter.giveUp(lost.remembered().position(), lost.remembered().head());
    // The database still remembers entry 3 as it was.
    assertThatCode(memory(witness(), read())::compare).doesNotThrowAnyException();
  }

  @Test
  void aLedgerThatLostAllMayBeGivenUpToo() {
    destroyOne();
    remember(memory(witness(), ledger));
    log.entries.clear();
    RevocationLedger empty = LedgerFixture.on(log, database, branches);
    empty.read();
    assertThat(log.entries).as("nothing is founded before officers said so").isEmpty();
    LedgerMemory memory = memory(witness(), empty);
    LostEntries lost = lost(memory);
    assertThat(lost.left().position()).isZero();
    memory.giveUp(lost, connection -> true);
    assertThatCode(memory(witness(), read())::compare).doesNotThrowAnyException();
  }

  @Test
  void officersLookAtTheLargerOfBothMemoriesAndNothingBeyondItIsGivenUp() {
    WitnessFile witness = witness();
    LedgerMemory before = memory(witness, ledger);
    destroyOne();
    destroyOne();
    remember(before);
    LedgerRepository.Place third = LedgerRepository.Place.of(ledger.head());
    destroyOne();
    before.sign();
    WitnessFixture.write(witness);
    log.entries.remove(4L);
    log.entries.remove(3L);
    LedgerMemory memory = memory(witness, read());
    LostEntries lost = lost(memory);
    assertThat(lost.remembered().position()).isEqualTo(4);

    LostEntries less = new LostEntries(lost.left(), third);
    assertThatThrownBy(() -> memory.giveUp(less, connection -> true))
        .isInstanceOf(LedgerBroken.class);
    assertThat(log.entries).hasSize(2);
    assertThat(lost(memory(witness, read())).remembered().position()).isEqualTo(4);
  }

  @Test
  void whatWasChangedIsNotGivenUpBecauseMoreIsMissing() {
    WitnessFile witness = witness();
    destroyOne();
    remember(memory(witness, ledger));
    destroyOne();
    memory(witness, ledger).sign();
    WitnessFixture.write(witness);
    log.entries.remove(3L);
    log.entries.remove(2L);
    read().destroy(Kind.SUBJECT, Mode.PURGE, List.of(UUID.randomUUID()));
    notOverridable(memory(witness, read()));
  }

  @Test
  void aHoleIsNotGivenUp() {
    destroyOne();
    destroyOne();
    destroyOne();
    remember(memory(witness(), ledger));
    log.entries.remove(3L);
    notOverridable(memory(witness(), read()));
  }

  @Test
  void whatWasChangedIsNotGivenUp() {
    destroyOne();
    remember(memory(witness(), ledger));
    log.entries.remove(2L);
    read().destroy(Kind.SUBJECT, Mode.PURGE, List.of(UUID.randomUUID()));
    notOverridable(memory(witness(), read()));
  }

  @Test
  void aDatabaseFromBeforeAnOverrideNeedsOfficersOnceMore() {
    destroyOne();
    destroyOne();
    LedgerMemory before = memory(witness(), ledger);
    remember(before);
    destroyOne();
    LedgerRepository.Place newest = LedgerRepository.Place.of(ledger.head());
    log.entries.remove(4L);
    log.entries.remove(3L);
    RevocationLedger shorter = read();
    shorter.giveUp(newest.position(), newest.head());
    for (int i = 0; i < 3; i++) {
      shorter.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
    }
    // It remembers entry 3 as it was, which nobody named when entries up to 4 were given up.
    assertThat(lost(memory(witness(), read())).remembered().position()).isEqualTo(3);
  }

  @Test
  void anOverrideThatThisServiceDidNotWriteIsNotTaken() {
    destroyOne();
    destroyOne();
    LedgerRepository.Place newest = LedgerRepository.Place.of(ledger.head());
    remember(memory(witness(), ledger));
    log.entries.remove(3L);
    byte[] head = LedgerEntry.hash(log.read(2).orElseThrow());
    LedgerEntry.Overridden forged =
        new LedgerEntry.Overridden(new byte[16], newest.position(), newest.head());
    log.append(3, new LedgerEntry(3, head, Instant.now(), forged).encoded());
    RevocationLedger replica = LedgerFixture.on(log, database, branches);
    assertThatThrownBy(replica::read)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("Entry 3");
  }

  private static LostEntries lost(LedgerMemory memory) {
    return broken(memory).lost().orElseThrow();
  }

  private static void notOverridable(LedgerMemory memory) {
    LedgerBroken broken = broken(memory);
    assertThat(broken.lost()).isEmpty();
    assertThat(broken.advice()).contains("cannot be overridden");
  }

  private static LedgerBroken broken(LedgerMemory memory) {
    return catchThrowableOfType(LedgerBroken.class, memory::compare);
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
