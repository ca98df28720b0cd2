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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.audit.AuditVerifier.Fault;
import org.tallykeep.keyvault.audit.AuditVerifier.What;
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
  private final AuditVerifier verifier = new AuditVerifier(repository);
  private final AuditTrail trail = trail();

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

    assertThat(verifier.verify()).isEmpty();
    List<AuditRow> rows = rows();
    assertThat(rows).hasSize(600);
    assertThat(rows).extracting(AuditRow::lane).containsOnly(rows.getFirst().lane());
    Set<AuditEvent> opened = new HashSet<>();
    try (SealingKey key = auditKey()) {
      for (AuditRow row : rows) {
        opened.add(
            AuditBody.decode(key.open(AuditLane.place(row.lane(), row.sequence()), row.body())));
      }
    }
    assertThat(opened).isEqualTo(new HashSet<>(events));
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
    AuditRow second = rows().getLast();
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

    assertThat(rows()).hasSize(2).extracting(AuditRow::lane).doesNotHaveDuplicates();
    assertThat(verifier.verify()).isEmpty();
  }

  @Test
  void anEventThatCannotBeWrittenFailsAlone() throws Exception {
    AuditEvent good = AuditBodyTest.events(1).getFirst();
    AuditEvent tooLong =
        new AuditEvent(
            good.at(),
            "x".repeat(70_000),
            good.outcome(),
            good.purpose(),
            good.client(),
            good.person(),
            good.grant(),
            good.caseId(),
            good.records(),
            good.keys());
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
    assertThat(verifier.verify()).isEmpty();
  }

  @Test
  void aStoppedWriterReleasesNothing() {
    trail.onStop(new ShutdownEvent());
    assertThatThrownBy(() -> trail.write(AuditBodyTest.events(1).getFirst()))
        .isInstanceOf(AuditUnavailable.class);
  }

  @Test
  void aChangedBodyIsFoundWithItsPlace() {
    AuditBodyTest.events(10).forEach(trail::write);
    execute(
        "UPDATE audit_entry SET body = set_byte(body, 100, 1 + get_byte(body, 100) % 255) WHERE sequence = 4");
    assertFaults("4 CHANGED");
  }

  @Test
  void aRemovedEntryIsFoundWithItsPlace() {
    AuditBodyTest.events(10).forEach(trail::write);
    execute("DELETE FROM audit_entry WHERE sequence = 6");
    assertFaults("7 GAP");
    execute("DELETE FROM audit_entry WHERE sequence = 0");
    assertFaults("1 GAP", "7 GAP");
  }

  @Test
  void exchangedEntriesAreFoundWithTheirPlaces() {
    AuditBodyTest.events(10).forEach(trail::write);
    execute("UPDATE audit_entry SET sequence = 100 WHERE sequence = 2");
    execute("UPDATE audit_entry SET sequence = 2 WHERE sequence = 3");
    execute("UPDATE audit_entry SET sequence = 3 WHERE sequence = 100");
    assertThat(verifier.verify()).extracting(Fault::sequence).contains(2L, 3L);
  }

  @Test
  void anEntryRewrittenWithARightHashBreaksTheNext() {
    AuditBodyTest.events(10).forEach(trail::write);
    AuditRow old = rows().get(3);
    AuditRow forged = AuditRow.chained(old.lane(), 3, old.previous(), new byte[700]);
    execute(
        "UPDATE audit_entry SET body = '\\x%s', hash = '\\x%s' WHERE sequence = 3"
            .formatted(hex(forged.body()), hex(forged.hash())));
    assertFaults("4 UNCHAINED");
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
    for (AuditRow row : rows()) {
      assertThat(new String(row.body(), java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("person-", "customer-service", "unwrap", "link");
    }
  }

  private void assertFaults(String... expected) {
    assertThat(verifier.verify())
        .extracting(fault -> fault.sequence() + " " + fault.what())
        .containsExactly(expected);
    assertThat(What.values()).hasSize(3);
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

  private AuditTrail trail() {
    AuditConfig config = new Groups(Duration.ofMillis(1), 256, 8_192, Duration.ofSeconds(5));
    AuditWriter writer =
        new AuditWriter(
            repository, new AuditKey(datasets, clock), config, new SimpleMeterRegistry());
    return new AuditTrail(config, writer);
  }

  private record Groups(Duration groupWindow, int groupSize, int queue, Duration timeout)
      implements AuditConfig {}

  private List<AuditRow> rows() {
    List<AuditRow> rows = new ArrayList<>();
    repository.forEach(rows::add);
    return rows;
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
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
