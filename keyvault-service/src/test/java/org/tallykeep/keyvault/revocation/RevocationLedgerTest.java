package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.InMemoryLog;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.platform.problem.Unavailable;

class RevocationLedgerTest {

  private final Database database = TestDatabase.migrated();
  private final BranchKeys branches =
      BranchFixture.keys(database, new FakeRoot(), new MovableClock());
  private final InMemoryLog log = new InMemoryLog();
  private final RevocationLedger ledger = replayed();

  @Test
  void whatWasDestroyedIsKnownWithItsModeAndPlace() {
    UUID severed = UUID.randomUUID();
    UUID purged = UUID.randomUUID();
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(severed));
    ledger.destroy(Kind.SUBJECT, Mode.PURGE, List.of(purged));

    assertThat(ledger.find(Kind.SUBJECT, severed)).contains(new Revocation(2, Mode.SEVER));
    assertThat(ledger.find(Kind.SUBJECT, purged)).contains(new Revocation(3, Mode.PURGE));
    assertThat(ledger.find(Kind.PSEUDONYM, severed)).isEmpty();
    assertThat(ledger.find(Kind.SUBJECT, UUID.randomUUID())).isEmpty();
    assertThat(ledger.size()).isEqualTo(2);
    assertThat(ledger.head().position()).isEqualTo(3);
  }

  @Test
  void whatIsDestroyedTwiceStaysWhereItWasDestroyedFirst() {
    UUID id = UUID.randomUUID();
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(id));
    ledger.destroy(Kind.SUBJECT, Mode.PURGE, List.of(id, id));
    assertThat(log.entries).hasSize(2);
    assertThat(ledger.find(Kind.SUBJECT, id)).contains(new Revocation(2, Mode.SEVER));
  }

  @Test
  void moreKeysThanOneEntryHoldsBecomeSeveral() {
    List<UUID> ids = Stream.generate(UUID::randomUUID).limit(70_000).toList();
    ledger.destroy(Kind.SUBJECT, Mode.PURGE, ids);
    assertThat(log.entries).hasSize(1 + 3);
    RevocationLedger another = replayed();
    assertThat(ids)
        .allMatch(id -> another.isDestroyed(Kind.SUBJECT, id))
        .allMatch(id -> ledger.find(Kind.SUBJECT, id).isPresent());
    assertThat(another.size()).isEqualTo(70_000);
  }

  @Test
  void aLedgerThatIsSetBackUnderARunningReplicaGetsNoHole() {
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
    log.entries.remove(3L);
    assertThatThrownBy(() -> ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID())))
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("Entry 3");
    assertThat(log.entries).hasSize(2);
  }

  @Test
  void aReplicaThatStartsReadsItAll() {
    List<UUID> ids = Stream.generate(UUID::randomUUID).limit(5_000).toList();
    for (int i = 0; i < 5; i++) {
      ledger.destroy(Kind.PSEUDONYM, Mode.SEVER, ids.subList(i * 1_000, (i + 1) * 1_000));
    }
    RevocationLedger another = replayed();
    assertThat(another.size()).isEqualTo(5_000);
    assertThat(ids)
        .allMatch(id -> another.find(Kind.PSEUDONYM, id).isPresent())
        .allMatch(id -> another.find(Kind.SUBJECT, id).isEmpty());
    assertThat(another.head().hash()).isEqualTo(ledger.head().hash());
  }

  @Test
  void replicasThatWriteAtOnceLoseNothing() throws Exception {
    List<RevocationLedger> replicas = List.of(ledger, replayed(), replayed());
    List<UUID> ids = Stream.generate(UUID::randomUUID).limit(60).toList();
    List<Callable<Void>> calls = new ArrayList<>();
    IntStream.range(0, 60)
        .forEach(
            i ->
                calls.add(
                    () -> {
                      replicas.get(i % 3).destroy(Kind.SUBJECT, Mode.SEVER, List.of(ids.get(i)));
                      return null;
                    }));
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (Future<Void> each : threads.invokeAll(calls)) {
        each.get();
      }
    }
    RevocationLedger another = replayed();
    assertThat(ids).allMatch(id -> another.find(Kind.SUBJECT, id).isPresent());
    assertThat(log.entries).hasSize(61);
  }

  @Test
  void nothingIsToldBeforeTheLedgerWasRead() {
    RevocationLedger early = LedgerFixture.on(log, database, branches);
    assertThatThrownBy(() -> early.find(Kind.SUBJECT, UUID.randomUUID()))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void entriesNameNoKey() {
    UUID id = UUID.randomUUID();
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(id));
    byte[] entry = log.read(2).orElseThrow();
    byte[] bytes =
        java.nio.ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    assertThat(java.util.HexFormat.of().formatHex(entry))
        .doesNotContain(java.util.HexFormat.of().formatHex(bytes));
  }

  @Test
  void anEntryThatWasChangedIsNoticed() {
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
    byte[] second = log.read(2).orElseThrow();
    second[second.length - 1] ^= 1;
    log.entries.put(2L, second);
    assertThatThrownBy(this::replayed)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("Entry 3");
  }

  @Test
  void anEntryThatIsNoneIsNoticed() {
    ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
    log.entries.put(2L, new byte[3]);
    assertThatThrownBy(this::replayed)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("Entry 2");
  }

  @Test
  void theLedgerOfAnotherDatabaseIsNotTaken() {
    Database other = TestDatabase.migrated();
    RevocationLedger foreign =
        LedgerFixture.on(log, other, BranchFixture.keys(other, new FakeRoot(), new MovableClock()));
    assertThatThrownBy(foreign::catchUp)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("another database");
  }

  @Test
  void aSecondFoundingIsNotTaken() {
    byte[] head = LedgerEntry.hash(log.read(1).orElseThrow());
    LedgerEntry first = LedgerEntry.decode(log.read(1).orElseThrow());
    log.entries.put(2L, new LedgerEntry(2, head, first.at(), first.body()).encoded());
    assertThatThrownBy(ledger::catchUp).isInstanceOf(LedgerBroken.class);
  }

  private RevocationLedger replayed() {
    RevocationLedger replica = LedgerFixture.on(log, database, branches);
    replica.catchUp();
    replica.replayed();
    return replica;
  }
}
