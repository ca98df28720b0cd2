package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.keyvault.witness.WitnessFile;
import org.tallykeep.keyvault.witness.WitnessFixture;

/** What officers may give up, and what not. */
class LostEntriesTest extends LedgerMemoryCase {

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

  @Test
  void afterAnOverrideWhatComesIsRememberedWhateverTheNumbersWere() {
    destroyOne();
    destroyOne();
    destroyOne();
    remember(memory(witness(), ledger));
    log.entries.remove(4L);
    log.entries.remove(3L);
    RevocationLedger shorter = read();
    LostEntries lost = lost(memory(witness(), shorter));
    // As by an officer's service that dies before the database's memory is set back.
    shorter.giveUp(lost.remembered().position(), lost.remembered().head());
    remember(memory(witness(), shorter));
    assertThat(remembered()).isEqualTo(LedgerRepository.Place.of(shorter.head()).position());
  }

  @Test
  void whatCameAfterAnOverrideIsNotGivenUpForHavingANumberThatWas() {
    destroyOne();
    destroyOne();
    destroyOne();
    destroyOne();
    remember(memory(witness(), ledger));
    log.entries.keySet().removeIf(number -> number > 2);
    LedgerMemory memory = memory(witness(), read());
    memory.giveUp(lost(memory), connection -> true);
    RevocationLedger after = read();
    after.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
    remember(memory(witness(), after));
    assertThat(after.head().position()).as("a number that was given up").isEqualTo(4);

    log.entries.remove(4L);
    read().destroy(Kind.SUBJECT, Mode.PURGE, List.of(UUID.randomUUID()));
    notOverridable(memory(witness(), read()));
  }

  @Test
  void aHoleAfterAnOverrideIsNotGivenUpEither() {
    destroyOne();
    destroyOne();
    destroyOne();
    destroyOne();
    remember(memory(witness(), ledger));
    log.entries.keySet().removeIf(number -> number > 2);
    RevocationLedger shorter = read();
    LostEntries lost = lost(memory(witness(), shorter));
    shorter.giveUp(lost.remembered().position(), new byte[32]);
    log.entries.put(5L, log.read(2).orElseThrow());
    notOverridable(memory(witness(), shorter));
  }

  @Test
  void aLedgerThatLostAllMayBeGivenUpByMemoriesOfDifferentEntries() {
    WitnessFile witness = witness();
    LedgerMemory before = memory(witness, ledger);
    remember(before);
    destroyOne();
    before.sign();
    WitnessFixture.write(witness);
    log.entries.clear();
    RevocationLedger empty = LedgerFixture.on(log, database, branches);
    empty.read();
    LedgerMemory memory = memory(witness, empty);
    LostEntries lost = lost(memory);
    assertThat(lost.remembered().position()).isEqualTo(2);
    memory.giveUp(lost, connection -> true);
    assertThatCode(memory(witness, read())::compare).doesNotThrowAnyException();
  }
}
