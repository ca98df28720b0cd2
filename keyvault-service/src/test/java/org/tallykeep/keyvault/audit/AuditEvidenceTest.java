package org.tallykeep.keyvault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.evidence.AuditFault;
import org.tallykeep.evidence.AuditFile;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.evidence.Checkpoint;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.dataset.DatasetFixture;
import org.tallykeep.keyvault.dataset.DatasetKeys;
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

/** The trail of two replicas, witnessed in a log outside. */
class AuditEvidenceTest {

  @TempDir private Path folder;

  private final Database database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock();
  private final DatasetKeys datasets =
      DatasetFixture.keys(database, BranchFixture.keys(database, new FakeRoot(), clock), 1L << 31);
  private final AuditRepository entries = new AuditRepository(database);
  private final CheckpointRepository copies = new CheckpointRepository(database);
  private final InMemoryLog log = new InMemoryLog();
  private final Signing signing = SigningFixture.with(new InMemorySigningKey());
  private final Replica a = new Replica();
  private final Replica b = new Replica();

  /** A replica of the service, as far as its audit goes. */
  private final class Replica {
    final Unwitnessed unwitnessed = new Unwitnessed(clock);
    final WitnessFile witness = WitnessFixture.at(Path.of("/nowhere/witness.json"));
    final Checkpoints checkpoints = checkpoints(unwitnessed, witness);
    final AuditTrail trail = AuditFixture.trail(entries, datasets, unwitnessed, clock);

    Replica() {
      trail.onStart(new StartupEvent());
    }

    void write(int events) {
      for (int i = 0; i < events; i++) {
        trail.write(event("unwrap"));
        clock.advance(Duration.ofSeconds(20));
      }
    }
  }

  @AfterEach
  void stop() {
    a.trail.onStop(new ShutdownEvent());
    b.trail.onStop(new ShutdownEvent());
  }

  @Test
  void checkpointsOfSeveralReplicasAreOneChain() {
    a.write(3);
    assertThat(a.checkpoints.writeNow()).isEqualTo(1);
    b.write(2);
    assertThat(b.checkpoints.writeNow()).isEqualTo(2);
    a.write(1);
    b.write(1);
    assertThat(a.checkpoints.writeNow()).isEqualTo(3);
    assertThat(b.checkpoints.writeNow()).isEqualTo(4);

    Checkpoint third = opened(3);
    assertThat(third.number()).isEqualTo(3);
    assertThat(third.lanes()).hasSize(1);
    assertThat(third.lanes().getFirst().sequence()).isEqualTo(3);
    assertThat(faults()).isEmpty();
  }

  @Test
  void ofTwoThatWriteAtOnceTheOtherTakesTheNextNumber() {
    a.write(1);
    b.write(1);
    log.beforeAppend = () -> b.checkpoints.writeNow();
    assertThat(a.checkpoints.writeNow()).isEqualTo(2);
    assertThat(log.entries).hasSize(2);
    assertThat(faults()).isEmpty();
    assertThat(a.unwitnessed.heads()).isEmpty();
  }

  @Test
  void whoStopsWitnessesWhatItWrote() {
    a.write(1);
    a.checkpoints.onStop(new ShutdownEvent());
    assertThat(log.entries).hasSize(1);
    assertThat(a.unwitnessed.heads()).isEmpty();
  }

  @Test
  void whatIsExportedIsReadBackAndWhole() throws IOException {
    writeAndWitness(3);
    a.write(2);
    List<String> lines = new ArrayList<>();
    verification().export(lines::add);
    assertThat(lines).hasSize(4 + 8 + 1);

    AuditInspection inspection = new AuditInspection(signing.keys());
    byte[] file = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    assertThat(AuditFile.read(new ByteArrayInputStream(file), inspection)).isEmpty();
    AuditInspection.Report report = inspection.end();
    assertThat(report.faults()).isEmpty();
    assertThat(report).isEqualTo(verification().verify());
  }

  @Test
  void nothingNewIsNoCheckpoint() {
    a.write(1);
    a.checkpoints.writeNow();
    assertThat(a.checkpoints.writeNow()).isEqualTo(1);
    assertThat(log.entries).hasSize(1);
  }

  @Test
  void aReplicaThatStartsGoesOnAfterTheNewest() {
    for (int i = 0; i < 5; i++) {
      a.write(1);
      a.checkpoints.writeNow();
    }
    Replica another = new Replica();
    another.write(1);
    log.read.clear();
    assertThat(another.checkpoints.writeNow()).isEqualTo(6);
    assertThat(log.read).as("not all of them").doesNotContain(2L, 4L);
    another.trail.onStop(new ShutdownEvent());
    assertThat(faults()).isEmpty();
  }

  @Test
  void whatWasWrittenMeanwhileStaysToBeWitnessed() {
    a.write(1);
    List<Checkpoint.Lane> heads = a.unwitnessed.heads();
    a.write(1);
    a.unwitnessed.witnessed(heads, clock.instant());
    assertThat(a.unwitnessed.heads()).hasSize(1);
    assertThat(a.unwitnessed.heads().getFirst().sequence()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(2));
    assertThat(a.unwitnessed.isOlderThan(Duration.ofMinutes(1))).isTrue();
    assertThat(a.unwitnessed.isOlderThan(Duration.ofMinutes(2))).isFalse();
  }

  @Test
  void aChangedCopyIsNamedAndTheLogOutsideIsBelieved() {
    writeAndWitness(4);
    execute("UPDATE audit_checkpoint SET signed = 'x' WHERE number = 2");
    assertThat(faults()).containsExactly("checkpoint 2 checkpoint-not-genuine");
    execute("DELETE FROM audit_checkpoint");
    assertThat(faults()).isEmpty();
  }

  @Test
  void anOldCheckpointPlayedAgainAtTheEndOfTheLogIsNamed() {
    writeAndWitness(3);
    log.append(4, log.read(2).orElseThrow());
    assertThat(faults()).containsExactly("checkpoint 4 checkpoint-not-genuine");
    a.write(1);
    a.checkpoints.writeNow();
    assertThat(faults()).containsExactly("checkpoint 4 checkpoint-not-genuine");
  }

  @Test
  void aLogThatWasCutIsMissedByTheWitness() {
    WitnessFile witness = WitnessFixture.at(folder.resolve("witness.json"));
    Checkpoints witnessed = checkpoints(a.unwitnessed, witness);
    a.write(1);
    witnessed.writeNow();
    a.write(1);
    witnessed.writeNow();
    WitnessFixture.write(witness);
    log.entries.remove(2L);
    execute("DELETE FROM audit_checkpoint WHERE number = 2");

    Checkpoints restarted = checkpoints(new Unwitnessed(clock), witness);
    AuditVerification verification =
        new AuditVerification(entries, copies, restarted, signing, witness);
    assertThat(verification.verify().faults())
        .extracting(AuditEvidenceTest::named)
        .containsExactly("checkpoint 2 checkpoint-missing");
  }

  @Test
  void aDatabaseThatWasSetBackIsNoticedUntilSomethingNewIsWitnessed() {
    a.write(2);
    a.checkpoints.writeNow();
    AuditGap gap = new AuditGap(entries, a.checkpoints, signing, b.trail, clock);
    assertThat(gap.isThere()).isFalse();
    execute("DELETE FROM audit_entry WHERE sequence = 1");
    assertThat(gap.isThere()).isTrue();
    gap.writeDown();
    assertThat(found(Instant.EPOCH, Instant.MAX, "database-set-back")).hasSize(1);
    b.checkpoints.writeNow();
    assertThat(gap.isThere()).isFalse();
  }

  @Test
  void whereTheNewestCheckpointIsNotGenuineTheWorseIsAssumed() {
    a.write(2);
    a.checkpoints.writeNow();
    log.entries.replaceAll((number, signed) -> new byte[] {'n', 'o', 'n', 'e'});
    assertThat(new AuditGap(entries, a.checkpoints, signing, b.trail, clock).isThere()).isTrue();
  }

  @Test
  void aTrailThatWasNeverWitnessedHasNoGap() {
    assertThat(new AuditGap(entries, a.checkpoints, signing, a.trail, clock).isThere()).isFalse();
  }

  @Test
  void entriesOfASpanOfTimeAreFoundWithoutOpeningAll() {
    Instant began = clock.instant();
    a.write(60);
    b.write(60);
    Instant from = began.plusSeconds(20 * 30);
    Instant until = began.plusSeconds(20 * 90);
    List<AuditEvent> found = found(from, until, "unwrap");
    assertThat(found).hasSize(60);
    assertThat(found)
        .allSatisfy(event -> assertThat(event.at()).isBetween(from, until.minusNanos(1)));
    assertThat(found(began, began, "unwrap")).isEmpty();
    assertThat(found(began.minusSeconds(9), clock.instant().plusSeconds(9), "unwrap")).hasSize(120);

    // What lies well before or after a span is not looked at.
    execute(
        "UPDATE audit_entry SET body = 'x' WHERE sequence IN (0, 59) AND lane = '%s'"
            .formatted(a.unwitnessed.heads().getFirst().lane()));
    List<AuditReader.Opened> read = new ArrayList<>();
    assertThat(
            new AuditReader(entries, datasets)
                .forEach(began.plusSeconds(20 * 20), began.plusSeconds(20 * 40), read::add))
        .isZero();
    assertThat(read).hasSize(20);
  }

  @Test
  void entriesThatWereChangedAreCountedNotRead() {
    a.write(10);
    execute(
        "UPDATE audit_entry SET body = set_byte(body, 200, 255 - get_byte(body, 200)) WHERE sequence = 4");
    execute("UPDATE audit_entry SET body = 'x' WHERE sequence = 5");
    List<AuditReader.Opened> read = new ArrayList<>();
    long unreadable =
        new AuditReader(entries, datasets).forEach(Instant.EPOCH, Instant.MAX, read::add);
    assertThat(unreadable).isEqualTo(2);
    assertThat(read).hasSize(8);
  }

  private Checkpoints checkpoints(Unwitnessed unwitnessed, WitnessFile witness) {
    return new Checkpoints(
        unwitnessed, copies, new Checkpoints.Outside(name -> log, signing, witness, clock));
  }

  private void writeAndWitness(int times) {
    for (int i = 0; i < times; i++) {
      a.write(2);
      a.checkpoints.writeNow();
    }
  }

  private Checkpoint opened(long number) {
    return Statement.CHECKPOINT.verified(
        new String(log.read(number).orElseThrow(), StandardCharsets.US_ASCII), signing.keys());
  }

  private List<String> faults() {
    return verification().verify().faults().stream().map(AuditEvidenceTest::named).toList();
  }

  private AuditVerification verification() {
    return new AuditVerification(entries, copies, a.checkpoints, signing, WitnessFixture.none());
  }

  private List<AuditEvent> found(Instant from, Instant until, String action) {
    List<AuditEvent> events = new ArrayList<>();
    new AuditReader(entries, datasets)
        .forEach(
            from,
            until,
            opened -> {
              if (opened.event().action().equals(action)) {
                events.add(opened.event());
              }
            });
    return events;
  }

  private static String named(AuditFault fault) {
    return (fault.lane() == null ? "checkpoint " : "entry ")
        + fault.sequence()
        + " "
        + fault.what().label();
  }

  private AuditEvent event(String action) {
    return new AuditEvent(
        clock.instant(),
        action,
        AuditEvent.Outcome.GRANTED,
        "link",
        "customer-service",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        List.of());
  }

  private void execute(String sql) {
    database.statement(connection -> connection.createStatement().execute(sql));
  }
}
