package org.tallykeep.keyvault.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.person.NewKey;
import org.tallykeep.keyvault.person.PersonKeys;
import org.tallykeep.keyvault.person.PurposeKey;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.root.RootFixture;
import org.tallykeep.keyvault.root.RootKey;
import org.tallykeep.keyvault.rotation.Rotation.Kind;
import org.tallykeep.keyvault.rotation.Rotation.State;
import org.tallykeep.platform.problem.Unavailable;

class RotationJobsTest {

  private static final int KEYS = 9_000;
  private static final Duration RINGS_AGE = Duration.ofMinutes(15);

  @TempDir Path directory;

  private final Database database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock();
  private RootKey root = new FakeRoot();
  private Replica first;
  private Replica second;

  @BeforeEach
  void start() {
    root = RootFixture.inFile(directory.resolve("root.p12"));
    first = new Replica(database, root, clock);
    second = new Replica(database, root, clock);
  }

  @Test
  void afterARootRotationAllBranchKeysAreTheSameUnderTheNewVersion() {
    Kept kept = someKeys(50);
    List<String> before = branchKeys();

    first.start(Kind.ROOT);
    first.runner.run();

    Rotation rotation = first.newest(Kind.ROOT).orElseThrow();
    assertThat(rotation.progress().state()).isEqualTo(State.DONE);
    assertThat(rotation.progress().version()).hasValue(2);
    assertThat(rotation.progress().done())
        .isEqualTo(rotation.progress().total())
        .isEqualTo(before.size());
    assertThat(branchKeys()).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
    assertThat(wrappedUnder()).containsOnly(2);
    kept.openIn(new Replica(database, root, clock));
    assertThat(query("SELECT version FROM root_version WHERE retired_at IS NULL"))
        .containsExactly("1");
  }

  @Test
  void whoDiesInAnyStepOfARootRotationLeavesItToTheNextAndTheRootIsRotatedOnce() {
    Kept kept = someKeys(50);
    first.start(Kind.ROOT);
    int steps = 0;
    while (first.dieInStep()) {
      first = new Replica(database, root, clock);
      assertThat(second.runner.step()).isTrue();
      kept.openIn(first);
      steps++;
    }
    assertThat(steps).isEqualTo(4);
    assertThat(first.newest(Kind.ROOT).orElseThrow().progress().state()).isEqualTo(State.DONE);
    assertThat(root.newestVersion()).isEqualTo(2);
    assertThat(wrappedUnder()).containsOnly(2);
  }

  @Test
  void afterARotationOfBranchesEverythingIsUnderTheNewVersionAndTheOldOneIsGone() {
    Kept kept = someKeys(KEYS);
    first.start(Kind.BRANCHES);
    first.runner.run();

    Progress waiting = first.newest(Kind.BRANCHES).orElseThrow().progress();
    assertThat(waiting.state()).isEqualTo(State.WAITING);
    assertThat(waiting.nextAt()).hasValue(clock.instant().plus(RINGS_AGE));
    assertThat(waiting.total()).isGreaterThanOrEqualTo(KEYS);
    kept.openIn(second);

    clock.advance(RINGS_AGE);
    second.runner.run();

    Progress done = first.newest(Kind.BRANCHES).orElseThrow().progress();
    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(done.done()).isEqualTo(done.total());
    for (String table : List.of("subject_key", "pseudonym_key", "dataset_key")) {
      assertThat(query("SELECT DISTINCT branch_version FROM " + table)).containsExactly("2");
    }
    assertThat(query("SELECT DISTINCT version FROM branch_key")).containsExactly("2");
    assertThat(query("SELECT count(*) FROM key_event WHERE scope = 'branches'"))
        .containsExactly("2");
    for (Replica each : List.of(first, second, new Replica(database, root, clock))) {
      kept.openIn(each);
    }
  }

  @Test
  void whoDiesInAnyStepOfARotationOfBranchesLeavesItToTheNext() {
    Kept kept = someKeys(KEYS);
    first.start(Kind.BRANCHES);
    int steps = 0;
    for (int round = 0; round < 2; round++) {
      while (first.dieInStep()) {
        first = new Replica(database, root, clock);
        assertThat(second.runner.step()).isTrue();
        kept.openIn(first);
        steps++;
      }
      clock.advance(RINGS_AGE);
    }
    // One, then close, drain, three portions of the one table and one of the others, remove.
    assertThat(steps).isEqualTo(9);
    assertThat(first.newest(Kind.BRANCHES).orElseThrow().progress().state()).isEqualTo(State.DONE);
    assertThat(query("SELECT DISTINCT version FROM branch_key")).containsExactly("2");
    kept.openIn(new Replica(database, root, clock));
  }

  @Test
  void aDestroyedKeyStaysDestroyedAndLooksLikeAllOthers() {
    List<NewKey> keys = create(first, 3);
    KeyRef destroyed = keys.getFirst().ref();
    execute(
        "UPDATE subject_key SET wrapped = decode(repeat(md5('destroyed'), 3), 'hex') WHERE id = '%s'"
            .formatted(destroyed.id()));
    String wrapped = "SELECT wrapped FROM subject_key WHERE id = '%s'".formatted(destroyed.id());
    List<String> before = query(wrapped);

    first.start(Kind.BRANCHES);
    first.runner.run();
    clock.advance(RINGS_AGE);
    first.runner.run();

    assertThat(first.persons.unwrap(Purpose.LINK, keys.stream().map(NewKey::ref).toList()))
        .extracting(PurposeKey::exists)
        .containsExactly(false, true, true);
    assertThat(query(wrapped)).isNotEqualTo(before);
    assertThat(query("SELECT DISTINCT branch_version FROM subject_key")).containsExactly("2");
    assertThat(query("SELECT DISTINCT octet_length(wrapped) FROM subject_key"))
        .containsExactly("48");
  }

  @Test
  void aReplicaWhoseMemoryIsOlderThanTheRotationServesOnAndStoresNothingUnderOldVersions() {
    MovableClock late = new MovableClock();
    Replica behind = new Replica(database, root, late);
    List<NewKey> keys = create(behind, 10);
    Kept kept = new Kept(keys, behind.datasets.lease(Purpose.LEDGER, 1).key());
    first.start(Kind.BRANCHES);
    first.runner.run();
    clock.advance(RINGS_AGE);
    // Closed, and then not gone on with.
    first.runner.step();

    List<NewKey> later = create(behind, 10);
    assertThat(query("SELECT DISTINCT branch_version FROM subject_key ORDER BY 1"))
        .containsExactly("1", "2");

    Replica alsoBehind = new Replica(database, root, late);
    kept.openIn(alsoBehind);
    first.runner.run();
    assertThat(query("SELECT DISTINCT branch_version FROM subject_key")).containsExactly("2");
    for (Replica each : List.of(behind, alsoBehind)) {
      kept.openIn(each);
      new Kept(later, kept.ledger()).openIn(each);
      each.datasets.lease(Purpose.AUDIT, 1);
    }
  }

  @Test
  void whatSomebodyHoldsWhileItIsPassedIsPassedAgain() {
    Kept kept = someKeys(20);
    first.start(Kind.BRANCHES);
    first.runner.run();
    clock.advance(RINGS_AGE);
    database.transaction(
        held -> {
          held.createStatement()
              .execute("SELECT 1 FROM subject_key ORDER BY id LIMIT 5 FOR UPDATE");
          // All but the table's end, where it waits for nobody.
          for (int step = 0; step < 2; step++) {
            assertThat(stepWithoutDrain()).isTrue();
          }
          return true;
        });
    first.runner.run();
    assertThat(first.newest(Kind.BRANCHES).orElseThrow().progress().state()).isEqualTo(State.DONE);
    assertThat(query("SELECT DISTINCT branch_version FROM subject_key")).containsExactly("2");
    kept.openIn(second);
  }

  /** A lock on rows is a lock on the table for whoever drains it: that step is left out. */
  private boolean stepWithoutDrain() {
    execute("UPDATE rotation SET step = 'rewrap' WHERE step = 'drain'");
    return first.runner.step();
  }

  @ParameterizedTest
  @EnumSource(names = {"ROOT", "BRANCHES"})
  void aRootThatIsAwayPutsARotationOffAndDoesNotEndIt(Kind kind) {
    FakeRoot away = new FakeRoot();
    Replica replica = new Replica(TestDatabase.migrated(), away, clock);
    replica.datasets.lease(Purpose.LEDGER, 1);
    replica.start(kind);
    away.away = new Unavailable("root-key-unavailable", "Later.", Duration.ofSeconds(1), null);

    replica.runner.run();
    replica.runner.run();

    Progress progress = replica.newest(kind).orElseThrow().progress();
    assertThat(progress.state()).isEqualTo(State.RUNNING);
    assertThat(progress.reason()).hasValue("root-key-unavailable");

    away.away = null;
    clock.advance(Duration.ofSeconds(6));
    replica.runner.run();
    clock.advance(RINGS_AGE);
    replica.runner.run();
    progress = replica.newest(kind).orElseThrow().progress();
    assertThat(progress.state()).isEqualTo(State.DONE);
    assertThat(progress.reason()).isEmpty();
  }

  @Test
  void whatCannotGoOnFailsAndSaysNoSecret() {
    first.start(Kind.ROOT);
    execute("UPDATE rotation SET step = 'no such step'");
    first.runner.run();
    Progress progress = first.newest(Kind.ROOT).orElseThrow().progress();
    assertThat(progress.state()).isEqualTo(State.FAILED);
    assertThat(progress.reason()).hasValue("unexpected-failure");
    first.start(Kind.ROOT);
  }

  @Test
  void aSecondOneOfAKindIsRefusedWhileTheFirstIsUnderWay() {
    Rotation running = first.start(Kind.BRANCHES);
    assertThatThrownBy(() -> second.start(Kind.BRANCHES))
        .isInstanceOf(RotationRefused.class)
        .hasMessageContaining(running.id().toString());
    second.start(Kind.ROOT);
    assertThatThrownBy(
            () ->
                execute(
                    "INSERT INTO rotation SELECT gen_random_uuid(), purpose, version, asked_by, started_at, kind, state FROM rotation LIMIT 1"))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void oldRootVersionsEndWithTheLastBackupThatNeedsThemAndNotBefore() {
    Kept kept = someKeys(5);
    first.start(Kind.ROOT);
    first.runner.run();
    clock.advance(Duration.ofDays(34));
    first.start(Kind.ROOT);
    first.runner.run();
    first.retirement.retire();
    assertThat(query("SELECT count(*) FROM root_version WHERE retired_at IS NULL"))
        .containsExactly("2");

    clock.advance(Duration.ofDays(2));
    first.retirement.retire();
    second.retirement.retire();

    assertThat(query("SELECT version FROM root_version WHERE retired_at IS NULL"))
        .containsExactly("2");
    kept.openIn(new Replica(database, root, clock));
  }

  @Test
  void aRootVersionThatABranchKeyNeedsIsNotEnded() {
    someKeys(5);
    execute("INSERT INTO root_version VALUES (1, '2020-01-01Z', NULL)");
    root.rotate();
    assertThatThrownBy(() -> first.retirement.retire()).isInstanceOf(IllegalStateException.class);
    assertThat(query("SELECT count(*) FROM root_version WHERE retired_at IS NULL"))
        .containsExactly("1");
    someKeys(5).openIn(new Replica(database, root, clock));
  }

  /** Keys as they were when they were made. */
  private record Kept(List<NewKey> keys, byte[] ledger) {

    void openIn(Replica replica) {
      List<KeyRef> refs = keys.stream().map(NewKey::ref).toList();
      List<PurposeKey> opened = replica.persons.unwrap(Purpose.LINK, refs);
      for (int i = 0; i < refs.size(); i++) {
        byte[] expected = keys.get(i).purposeKeys().get(Purpose.LINK);
        assertThat(Arrays.equals(opened.get(i).key(), expected)).isTrue();
      }
      assertThat(replica.datasets.live(Purpose.LEDGER, Set.of()).getFirst().key())
          .isEqualTo(ledger);
    }
  }

  private Kept someKeys(int count) {
    List<NewKey> keys = new ArrayList<>();
    while (keys.size() < count) {
      keys.addAll(create(first, Math.min(1_000, count - keys.size())));
    }
    first.persons.create(
        new PersonKeys.Order(Family.PSEUDONYM, 5, Set.of(Purpose.REIDENTIFY), false));
    return new Kept(keys, first.datasets.lease(Purpose.LEDGER, 1).key());
  }

  private static List<NewKey> create(Replica replica, int count) {
    return replica.persons.create(
        new PersonKeys.Order(Family.SUBJECT, count, Set.of(Purpose.LINK), false));
  }

  private List<String> branchKeys() {
    return query("SELECT encode(wrapped, 'hex') FROM branch_key");
  }

  private List<Integer> wrappedUnder() {
    return branchKeys().stream()
        .map(hex -> root.versionOf(java.util.HexFormat.of().parseHex(hex)))
        .toList();
  }

  private void execute(String sql) {
    database.statement(connection -> connection.createStatement().execute(sql));
  }

  private List<String> query(String sql) {
    return database.statement(
        connection -> {
          List<String> found = new ArrayList<>();
          try (var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
              found.add(rows.getString(1));
            }
          }
          return found;
        });
  }
}
