package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
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

/** A ledger with what remembers it. */
abstract class LedgerMemoryCase {

  @TempDir Path folder;

  final Database database = TestDatabase.migrated();
  final BranchKeys branches = BranchFixture.keys(database, new FakeRoot(), new MovableClock());
  final InMemoryLog log = new InMemoryLog();
  final Signing signing = SigningFixture.with(new InMemorySigningKey());
  final RevocationLedger ledger = read();

  static LostEntries lost(LedgerMemory memory) {
    return broken(memory).lost().orElseThrow();
  }

  static void notOverridable(LedgerMemory memory) {
    LedgerBroken broken = broken(memory);
    assertThat(broken.lost()).isEmpty();
    assertThat(broken.advice()).contains("cannot be overridden");
  }

  static LedgerBroken broken(LedgerMemory memory) {
    return catchThrowableOfType(LedgerBroken.class, memory::compare);
  }

  RevocationLedger read() {
    RevocationLedger replica = LedgerFixture.on(log, database, branches);
    replica.catchUp();
    replica.replayed();
    return replica;
  }

  void destroyOne() {
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
  }

  WitnessFile witness() {
    return WitnessFixture.at(folder.resolve("witness.json"));
  }

  LedgerMemory memory(WitnessFile witness, RevocationLedger read) {
    return new LedgerMemory(read, new LedgerRepository(database), signing, witness);
  }

  void remember(LedgerMemory memory) {
    database.transaction(
        connection -> {
          memory.remember(connection);
          return true;
        });
  }

  long remembered() {
    return new LedgerRepository(database).remembered().orElseThrow().place().position();
  }
}
