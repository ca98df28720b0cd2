package org.tallykeep.keyvault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.evidence.AuditEntry;
import org.tallykeep.evidence.AuditFault;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.evidence.SigningKeys;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.dataset.DatasetFixture;
import org.tallykeep.keyvault.dataset.DatasetKey;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.platform.problem.Unavailable;

class AuditTrailTest {

  private final Database database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock();
  private final DatasetKeys datasets =
      DatasetFixture.keys(database, BranchFixture.keys(database, new FakeRoot(), clock), 1L << 31);
  private final AuditRepository repository = new AuditRepository(database);
  private final Unwitnessed unwitnessed = new Unwitnessed(clock);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AuditTrail trail =
      AuditFixture.trail(
          repository,
          datasets,
          unwitnessed,
          clock,
          AuditFixture.config(16, Duration.ofMinutes(15)),
          meters);

  @BeforeEach
  void start() {
    trail.onStart(new StartupEvent());
  }

  @AfterEach
  void stop() {
    trail.onStop(new ShutdownEvent());
  }

  @Test
  void entriesWrittenByManyAtOnceMakeOneUnbrokenChain() throws Exception {
    List<AuditEvent> events = AuditBodyTest.events(600);
    writeAtOnce(events);

    assertThat(faults()).isEmpty();
    List<AuditEntry> rows = rows();
    assertThat(rows).hasSize(600);
    assertThat(rows).extracting(AuditEntry::lane).containsOnly(rows.getFirst().lane());
    Set<AuditEvent> opened = new HashSet<>();
    try (SealingKey key = auditKey()) {
      for (AuditEntry row : rows) {
        opened.add(
            AuditBody.decode(key.open(AuditLane.place(row.lane(), row.sequence()), row.body())));
      }
    }
    assertThat(opened).isEqualTo(new HashSet<>(events));
  }

  @Test
  void noMoreAreCommittedAtOnceThanConfigured() throws Exception {
    writeAtOnce(AuditBodyTest.events(600));
    var groups = meters.summary("tallykeep.audit.group.size");
    assertThat(groups.totalAmount()).isEqualTo(600);
    assertThat(groups.max()).isBetween(2.0, 16.0);
  }

  @Test
  void whoeverIsInterruptedWhileTheyWaitIsToldThatNothingIsReleased() {
    trail.onStop(new ShutdownEvent());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> trail.write(AuditBodyTest.events(1).getFirst()))
        .isInstanceOf(AuditUnavailable.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anEntryIsThereWhenWriteReturns() {
    for (int i = 1; i <= 5; i++) {
      trail.write(AuditBodyTest.events(1).getFirst());
      assertThat(rows()).hasSize(i);
    }
  }

  @Test
  void aBodyOpensInItsPlaceOnly() {
    AuditBodyTest.events(2).forEach(trail::write);
    AuditEntry second = rows().getLast();
    try (SealingKey key = auditKey()) {
      assertThatThrownBy(() -> key.open(AuditLane.place(second.lane(), 0), second.body()))
          .isInstanceOf(RecordNotOpenedException.class);
    }
  }

  @Test
  void whenTheTableCannotBeWrittenTheCallerIsToldAndALaterLaneGoesOn() {
    trail.write(AuditBodyTest.events(1).getFirst());
    execute("ALTER TABLE audit_entry RENAME TO elsewhere");
    assertThatThrownBy(() -> trail.write(AuditBodyTest.events(1).getFirst()))
        .isInstanceOf(Unavailable.class);
    execute("ALTER TABLE elsewhere RENAME TO audit_entry");

    trail.write(AuditBodyTest.events(1).getFirst());

    assertThat(rows()).hasSize(2).extracting(AuditEntry::lane).doesNotHaveDuplicates();
    assertThat(faults()).isEmpty();
  }

  @Test
  void anEventThatCannotBeWrittenFailsAlone() throws Exception {
    AuditEvent good = AuditBodyTest.events(1).getFirst();
    AuditEvent tooLong =
        AuditBodyTest.event(AuditBody.MOST_KEYS + 1, Optional.empty(), Optional.empty());
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        AuditEvent event = i % 4 == 0 ? tooLong : good;
        writers.add(
            () -> {
              try {
                trail.write(event);
                return true;
              } catch (IllegalArgumentException e) {
                return false;
              }
            });
      }
      int written = 0;
      for (var each : threads.invokeAll(writers)) {
        written += each.get() ? 1 : 0;
      }
      assertThat(written).isEqualTo(30);
    }
    assertThat(rows()).hasSize(30);
    assertThat(faults()).isEmpty();
  }

  @Test
  void aStoppedWriterReleasesNothing() {
    trail.onStop(new ShutdownEvent());
    assertThatThrownBy(() -> trail.write(AuditBodyTest.events(1).getFirst()))
        .isInstanceOf(AuditUnavailable.class);
  }

  @Test
  void theTableHoldsNothingPlain() {
    AuditBodyTest.events(3).forEach(trail::write);
    assertThat(
            query(
                """
                SELECT string_agg(column_name || ':' || data_type, ' ' ORDER BY ordinal_position)
                FROM information_schema.columns WHERE table_name = 'audit_entry'
                """))
        .isEqualTo("lane:uuid sequence:bigint previous:bytea hash:bytea body:bytea");
    for (AuditEntry row : rows()) {
      assertThat(new String(row.body(), java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("person-", "customer-service", "unwrap", "link");
    }
  }

  @Test
  void whatCannotBeWitnessedForTooLongStopsTheTrail() {
    AuditEvent event = AuditBodyTest.events(1).getFirst();
    trail.write(event);
    clock.advance(Duration.ofMinutes(15));
    trail.write(event);
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> trail.write(event)).isInstanceOf(AuditUnavailable.class);

    unwitnessed.witnessed(unwitnessed.heads(), clock.instant());
    clock.advance(Duration.ofHours(1));
    assertThat(unwitnessed.isOlderThan(Duration.ofMinutes(15))).isFalse();
    trail.write(event);
    assertThat(rows()).hasSize(3);
  }

  private List<AuditFault> faults() {
    AuditInspection inspection = new AuditInspection(SigningKeys.of(Map.of()));
    rows().forEach(inspection::entry);
    return inspection.end().faults();
  }

  private void writeAtOnce(List<AuditEvent> events) throws InterruptedException {
    List<Callable<Void>> calls = new ArrayList<>();
    for (AuditEvent event : events) {
      calls.add(
          () -> {
            trail.write(event);
            return null;
          });
    }
    try (var threads = Executors.newFixedThreadPool(32)) {
      threads.invokeAll(calls).forEach(each -> each.resultNow());
    }
  }

  private SealingKey auditKey() {
    DatasetKey key = datasets.live(Purpose.AUDIT, Set.of()).getFirst();
    assertThat(SealedRecord.keyOf(rows().getFirst().body())).isEqualTo(key.ref());
    return SealingKey.takeOwnershipForOpening(key.ref(), key.key());
  }

  private List<AuditEntry> rows() {
    List<AuditEntry> rows = new ArrayList<>();
    repository.forEach(rows::add);
    return rows;
  }

  private void execute(String sql) {
    database.statement(connection -> connection.createStatement().execute(sql));
  }

  private String query(String sql) {
    return database.statement(
        connection -> {
          try (var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getString(1);
          }
        });
  }
}
