package org.tallykeep.keyvault.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.rotation.Rotation.Kind;
import org.tallykeep.keyvault.rotation.Rotation.State;

class RotationScheduleTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final Database database = TestDatabase.migrated();
  private final FakeRoot root = new FakeRoot();
  private final MovableClock clock = new MovableClock();
  private final Replica replica = new Replica(database, root, clock);
  private final Replica other = new Replica(database, root, clock);

  @Test
  void nothingIsDueBeforeACryptoperiodAfterTheFirstStart() {
    replica.scheduled.beginDue();
    clock.advance(Duration.ofDays(6));
    replica.scheduled.beginDue();
    assertThat(replica.rotations.newest()).isEmpty();
  }

  @Test
  void whatIsDueIsBegunOnceByWhicheverReplicaLooksFirst() {
    replica.scheduled.beginDue();
    clock.advance(Duration.ofDays(7));
    replica.scheduled.beginDue();
    other.scheduled.beginDue();
    assertThat(replica.rotations.newest())
        .extracting(Rotation::kind, Rotation::askedBy)
        .containsExactly(tuple(Kind.BRANCHES, "schedule"));
  }

  @Test
  void theRootIsRotatedAfterTheBranchesThatAreDueToo() {
    replica.scheduled.beginDue();
    clock.advance(Duration.ofDays(7));
    replica.scheduled.beginDue();
    replica.scheduled.beginDue();
    assertThat(replica.newest(Kind.ROOT)).isEmpty();
    runToTheEnd();
    replica.scheduled.beginDue();
    assertThat(replica.newest(Kind.ROOT).orElseThrow().askedBy()).isEqualTo("schedule");
  }

  @Test
  void aDatabaseThatWasSetBackEndsOldVersionsOfTheRootWhenReceiptsSaidSo() {
    // What another life of this database did: version 2 was made and superseded version 1.
    root.rotate(clock.instant());
    clock.advance(Duration.ofDays(20));
    database.statement(
        connection ->
            connection
                .createStatement()
                .executeUpdate("INSERT INTO set_back (at) VALUES (clock_timestamp())"));
    replica.start(Kind.ROOT);
    replica.runner.run();
    replica.retirement.retire();
    assertThat(retired()).isEmpty();

    clock.advance(Duration.ofDays(16).minusSeconds(1));
    replica.retirement.retire();
    assertThat(retired()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    replica.retirement.retire();

    assertThat(retired())
        .as("a day and the backups' 35 after version 2 was made")
        .containsExactly(1);
  }

  /** Branches wait a moment for all replicas. */
  private void runToTheEnd() {
    replica.runner.run();
    clock.advance(Duration.ofHours(1));
    replica.runner.run();
    assertThat(replica.newest(Kind.BRANCHES).orElseThrow().progress().state())
        .isEqualTo(State.DONE);
  }

  @Test
  void aVersionThatSomebodyElseMadeEndsNoneThatBackupsNeed() {
    root.rotate(clock.instant());
    clock.advance(Duration.ofDays(20));
    replica.start(Kind.ROOT);
    replica.runner.run();

    clock.advance(Duration.ofDays(35).minusSeconds(1));
    replica.retirement.retire();
    assertThat(retired()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    replica.retirement.retire();
    assertThat(retired()).containsExactly(1, 2);
  }

  private List<Integer> retired() {
    return database.statement(
        connection -> {
          try (var select =
                  connection.prepareStatement(
                      "SELECT version FROM root_version WHERE retired_at IS NOT NULL");
              var found = select.executeQuery()) {
            List<Integer> versions = new ArrayList<>();
            while (found.next()) {
              versions.add(found.getInt(1));
            }
            return versions;
          }
        });
  }

  @Test
  void theNextIsDueACryptoperiodAfterTheLastWasDone() {
    replica.scheduled.beginDue();
    clock.advance(Duration.ofDays(5));
    replica.start(Kind.ROOT);
    replica.runner.run();
    clock.advance(Duration.ofDays(3));
    replica.scheduled.beginDue();
    assertThat(replica.newest(Kind.ROOT).orElseThrow().askedBy()).isEqualTo("an officer");
    runToTheEnd();
    clock.advance(Duration.ofDays(4));
    replica.scheduled.beginDue();
    assertThat(replica.newest(Kind.ROOT).orElseThrow().askedBy()).isEqualTo("schedule");
  }

  @Test
  void oneThatFailedIsBegunAnewAnHourLater() {
    replica.scheduled.beginDue();
    clock.advance(Duration.ofDays(7));
    replica.scheduled.beginDue();
    Rotation failing = replica.newest(Kind.BRANCHES).orElseThrow();
    database.statement(
        connection ->
            connection
                .createStatement()
                .executeUpdate("UPDATE rotation SET step = 'none' WHERE kind = 'branches'"));
    replica.runner.run();
    replica.scheduled.beginDue();
    assertThat(replica.newest(Kind.BRANCHES).orElseThrow().id()).isEqualTo(failing.id());
    assertThat(replica.newest(Kind.ROOT)).as("it does not overtake").isEmpty();
    clock.advance(Duration.ofHours(1));
    replica.scheduled.beginDue();
    assertThat(replica.newest(Kind.BRANCHES).orElseThrow().id()).isNotEqualTo(failing.id());
  }

  @Test
  void datasetsAreTurnedOverAfterTheirOwnPeriod() {
    replica.datasets.lease(Purpose.LEDGER, 1);
    replica.scheduled.beginDue();
    clock.advance(Duration.ofDays(30));
    replica.scheduled.beginDue();
    replica.scheduled.beginDue();
    assertThat(replica.datasets.lease(Purpose.LEDGER, 1).ref().version()).isEqualTo(2);
  }

  @Test
  void anIndexKeyThatIsBeingTurnedOverKeepsNoOtherDatasetWaiting() {
    replica.datasets.lease(Purpose.LEDGER, 1);
    replica.scheduled.beginDue();
    replica.rotations.rotate(Purpose.INDEX, new IndexRotations.Asking("an officer", false));
    clock.advance(Duration.ofDays(30));

    replica.scheduled.beginDue();

    assertThat(replica.datasets.lease(Purpose.LEDGER, 1).ref().version()).isEqualTo(2);
    assertThat(replica.index.underWay()).isPresent();
  }

  @Test
  void aScheduleThatIsOffBeginsNothingAndPromisesNothing() {
    Replica off = new Replica(database, root, clock, new Replica.Settings("7d", "off", Map.of()));
    off.scheduled.beginDue();
    clock.advance(Duration.ofDays(100));
    off.scheduled.beginDue();
    assertThat(off.newest(Kind.BRANCHES)).isEmpty();
    assertThat(off.newest(Kind.ROOT)).isPresent();
    assertThat(off.schedule.unrecoverableFrom(clock.instant())).isEmpty();
  }

  @Test
  void keysThatStayHaveNoCryptoperiod() {
    for (String purpose : new String[] {"tag", "link", "nothing"}) {
      var settings = new Replica.Settings("7d", "7d", Map.of(purpose, "30d"));
      assertThatThrownBy(() -> new Replica(database, root, clock, settings))
          .isInstanceOf(RuntimeException.class);
    }
    assertThatThrownBy(() -> Cryptoperiod.of("0s")).isInstanceOf(RuntimeException.class);
    assertThat(Cryptoperiod.of("off").every()).isEmpty();
    assertThat(Cryptoperiod.of("36h").every()).hasValue(Duration.ofHours(36));
  }

  @Test
  void aCopyIsLostForGoodWhenTheRootAfterTheBranchesIsGone() {
    replica.scheduled.beginDue();
    clock.advance(Duration.ofDays(3));
    Instant destroyedAt = clock.instant();
    Instant promised = replica.schedule.unrecoverableFrom(destroyedAt).orElseThrow();
    // Branches in 4 days, the root a week after those at the latest, then the backups.
    assertThat(promised)
        .isEqualTo(destroyedAt.plus(Duration.ofDays(4 + 7 + 35)).plus(DAY.multipliedBy(3)));

    Instant lost = runUntilRetired(destroyedAt);

    assertThat(lost).isBeforeOrEqualTo(promised);
    assertThat(replica.schedule.unrecoverableFrom(destroyedAt).orElseThrow())
        .isBeforeOrEqualTo(promised)
        .isAfterOrEqualTo(lost);
  }

  /**
   * A service that runs, looked at every six hours, until the version is gone that backups need.
   */
  private Instant runUntilRetired(Instant destroyedAt) {
    while (true) {
      clock.advance(Duration.ofHours(6));
      other.scheduled.beginDue();
      other.runner.run();
      other.retirement.retire();
      boolean gone =
          database.statement(
              connection -> {
                try (var select =
                    connection.prepareStatement(
                        """
                        SELECT EXISTS (SELECT 1 FROM root_version v
                          WHERE v.retired_at IS NOT NULL AND v.superseded_at >= (
                            SELECT min(b.finished_at) FROM rotation b
                            WHERE b.kind = 'branches' AND b.state = 'done' AND b.started_at > ?))
                        """)) {
                  select.setObject(1, destroyedAt.atOffset(java.time.ZoneOffset.UTC));
                  try (var found = select.executeQuery()) {
                    found.next();
                    return found.getBoolean(1);
                  }
                }
              });
      if (gone) {
        return clock.instant();
      }
    }
  }
}
