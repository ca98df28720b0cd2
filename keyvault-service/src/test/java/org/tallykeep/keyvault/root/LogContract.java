package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.LedgerFixture;
import org.tallykeep.keyvault.revocation.RevocationLedger;

/** What every log outside the database does, wherever it lies. */
abstract class LogContract {

  private final Random random = new Random(23);

  /** Logs that nothing was written to yet. */
  abstract AppendOnlyLogs logs();

  @Test
  void whatWasWrittenIsReadBack() {
    AppendOnlyLog log = logs().named("revocations");
    byte[] first = bytes(300);
    byte[] second = bytes(1);

    assertThat(log.append(1, first)).isTrue();
    assertThat(log.append(2, second)).isTrue();

    assertThat(log.read(1)).hasValueSatisfying(entry -> assertThat(entry).isEqualTo(first));
    assertThat(log.read(2)).hasValueSatisfying(entry -> assertThat(entry).isEqualTo(second));
    assertThat(log.read(3)).isEmpty();
  }

  @Test
  void anEntryIsNeverOverwritten() {
    AppendOnlyLog log = logs().named("revocations");
    byte[] first = bytes(40);
    log.append(1, first);

    assertThat(log.append(1, bytes(40))).isFalse();
    assertThat(log.read(1)).hasValueSatisfying(entry -> assertThat(entry).isEqualTo(first));
  }

  @Test
  void theSameEntryWrittenTwiceIsTakenOnce() {
    AppendOnlyLog log = logs().named("revocations");
    byte[] entry = bytes(40);
    assertThat(log.append(1, entry)).isTrue();
    assertThat(log.append(1, entry)).isFalse();
  }

  @Test
  void ofSeveralWritersOneWins() throws Exception {
    AppendOnlyLog log = logs().named("checkpoints");
    List<byte[]> entries = List.of(bytes(10), bytes(10), bytes(10), bytes(10));
    List<Boolean> won = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> writers = new ArrayList<>();
      entries.forEach(entry -> writers.add(() -> log.append(1, entry)));
      for (Future<Boolean> each : threads.invokeAll(writers)) {
        won.add(each.get());
      }
    }
    assertThat(won).containsOnlyOnce(true);
    assertThat(log.read(1).orElseThrow()).isEqualTo(entries.get(won.indexOf(true)));
  }

  @Test
  void logsOfOtherNamesAreApart() {
    AppendOnlyLogs logs = logs();
    logs.named("revocations").append(1, bytes(5));
    assertThat(logs.named("checkpoints").read(1)).isEmpty();
  }

  @Test
  void theLongestEntryFits() {
    byte[] longest = bytes(AppendOnlyLog.LONGEST);
    AppendOnlyLog log = logs().named("revocations");
    log.append(1, longest);
    assertThat(log.read(1).orElseThrow()).isEqualTo(longest);
  }

  @Test
  void aLedgerIsReadBackThroughItsSegments() {
    Database database = TestDatabase.migrated();
    BranchKeys branches = BranchFixture.keys(database, new FakeRoot(), new MovableClock());
    AppendOnlyLogs logs = logs();
    RevocationLedger writer = LedgerFixture.on(logs, database, branches, 2_000);
    List<UUID> ids = Stream.generate(UUID::randomUUID).limit(40).toList();
    ids.forEach(id -> writer.destroy(Kind.SUBJECT, Mode.SEVER, List.of(id)));
    assertThat(logs.named("revocation-segments").last(0)).isEqualTo(1);

    RevocationLedger reader = LedgerFixture.on(logs, database, branches, 2_000);
    reader.catchUp();
    assertThat(reader.head().hash()).isEqualTo(writer.head().hash());
    assertThat(ids).allMatch(id -> reader.isDestroyed(Kind.SUBJECT, id));
  }

  @Test
  void whatIsTooLongForOneEntryIsRefusedAndNothingIsWritten() {
    AppendOnlyLog log = logs().named("revocations");
    byte[] tooLong = bytes(AppendOnlyLog.LONGEST + 1);
    assertThatThrownBy(() -> log.append(1, tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("700000");
    assertThat(log.read(1)).isEmpty();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
