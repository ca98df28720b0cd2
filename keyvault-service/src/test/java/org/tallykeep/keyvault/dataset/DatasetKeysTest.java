package org.tallykeep.keyvault.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.dataset.DatasetKey.State;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;

class DatasetKeysTest {

  private static final long LIMIT = 1_000;

  private final Database database = TestDatabase.migrated();

  @Test
  void aLeaseAndAnUnwrapGiveTheSameKey() {
    DatasetKeys keys = replica(LIMIT);
    DatasetKey leased = keys.lease(Purpose.LEDGER, 10);
    DatasetKey opened = keys.live(Purpose.LEDGER, Set.of()).getFirst();
    assertThat(opened.ref()).isEqualTo(leased.ref());
    assertThat(opened.key()).isEqualTo(leased.key()).hasSize(32);
    assertThat(opened.state()).isEqualTo(State.ACTIVE);
  }

  @Test
  void unwrappingBeforeTheFirstLeaseMakesTheFirstVersion() {
    assertThat(replica(LIMIT).live(Purpose.LEDGER, Set.of())).hasSize(1);
  }

  @Test
  void aFullVersionIsTurnedOverAndStillOpens() {
    DatasetKeys keys = replica(LIMIT);
    KeyRef first = keys.lease(Purpose.LEDGER, 600).ref();
    assertThat(keys.lease(Purpose.LEDGER, 400).ref()).isEqualTo(first);
    KeyRef second = keys.lease(Purpose.LEDGER, 1).ref();
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(keys.live(Purpose.LEDGER, Set.of()))
        .extracting(DatasetKey::ref, DatasetKey::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(first, State.DEACTIVATED),
            org.assertj.core.groups.Tuple.tuple(second, State.ACTIVE));
    assertThat(keys.live(Purpose.LEDGER, Set.of(1)))
        .extracting(DatasetKey::ref)
        .containsExactly(first);
  }

  @Test
  void turnedOverOnDemandItSealsAtOnceAndTheVersionBeforeOpens() {
    DatasetKeys keys = replica(LIMIT);
    assertThat(turnOver(keys, Purpose.INDEX).version()).isEqualTo(1);
    KeyRef second = turnOver(keys, Purpose.INDEX);
    assertThat(second.version()).isEqualTo(2);
    assertThat(keys.lease(Purpose.INDEX, 1).ref()).isEqualTo(second);
    assertThat(versions(keys)).containsExactly(1, 2);
  }

  @Test
  void aSuspendedVersionIsHandedOutNoMoreUntilItIsBroughtBack() {
    DatasetKeys keys = replica(LIMIT);
    byte[] first = keys.lease(Purpose.INDEX, 1).key();
    turnOver(keys, Purpose.INDEX);
    turnOver(keys, Purpose.LEDGER);
    turnOver(keys, Purpose.LEDGER);

    assertThat(isAnySuspended(keys)).isFalse();
    database.run(connection -> keys.suspendBefore(connection, Purpose.INDEX, 2, Set.of()));
    assertThat(isAnySuspended(keys)).isTrue();
    assertThat(versions(keys)).containsExactly(2);
    assertThat(keys.live(Purpose.LEDGER, Set.of())).hasSize(2);

    assertThat(resumeBefore(keys, 1)).as("not before the newest").isFalse();
    assertThat(resumeBefore(keys, 2)).isTrue();
    assertThat(resumeBefore(keys, 2)).as("it is back").isFalse();
    assertThat(versions(keys)).containsExactly(1, 2);
    assertThat(keys.live(Purpose.INDEX, Set.of(1)).getFirst().key()).isEqualTo(first);
  }

  @Test
  void aSuspendedVersionThatIsDestroyedComesBackNoMoreAndItsRowLooksLikeAnyOther() {
    DatasetKeys keys = replica(LIMIT);
    for (int i = 0; i < 3; i++) {
      turnOver(keys, Purpose.INDEX);
    }
    database.run(connection -> keys.suspendBefore(connection, Purpose.INDEX, 3, Set.of()));
    List<String> before = wrapped();

    database.run(connection -> keys.destroySuspendedBefore(connection, Purpose.INDEX, 2));

    assertThat(wrapped()).hasSize(3).endsWith(before.get(1), before.get(2));
    assertThat(wrapped().getFirst())
        .isNotEqualTo(before.getFirst())
        .hasSameSizeAs(before.getFirst());
    assertThat(wrapped().getFirst()).as("random").doesNotMatch("0+");
    assertThat(isAnySuspended(keys)).isTrue();
    assertThat(resumeBefore(keys, 3)).isTrue();
    assertThat(versions(keys)).containsExactly(2, 3);
    database.run(connection -> keys.destroySuspendedBefore(connection, Purpose.INDEX, 9));
    assertThat(versions(keys)).as("in use").containsExactly(2, 3);
  }

  @Test
  void aKeyIsNotInItsNameAndGoneWhenItIsClosed() {
    DatasetKey key = replica(LIMIT).lease(Purpose.LEDGER, 1);
    assertThat(key).hasToString("DatasetKey[" + key.ref() + "]");
    key.close();
    assertThat(key.key()).containsOnly(0);
  }

  private KeyRef turnOver(DatasetKeys keys, Purpose purpose) {
    return database.transaction(connection -> keys.turnOver(connection, purpose));
  }

  private boolean resumeBefore(DatasetKeys keys, int version) {
    return database.transaction(
        connection -> keys.resumeBefore(connection, Purpose.INDEX, version));
  }

  private boolean isAnySuspended(DatasetKeys keys) {
    return database.transaction(connection -> keys.isAnySuspended(connection, Purpose.INDEX));
  }

  private static List<Integer> versions(DatasetKeys keys) {
    return keys.live(Purpose.INDEX, Set.of()).stream().map(key -> key.ref().version()).toList();
  }

  private List<String> wrapped() {
    return database.statement(
        connection -> {
          List<String> rows = new ArrayList<>();
          try (var found =
              connection
                  .createStatement()
                  .executeQuery(
                      "SELECT encode(wrapped, 'hex') FROM dataset_key ORDER BY version")) {
            while (found.next()) {
              rows.add(found.getString(1));
            }
          }
          return rows;
        });
  }

  @Test
  void aLeaseOfNothingSpendsNothing() {
    DatasetKeys keys = replica(LIMIT);
    for (int i = 0; i < 5; i++) {
      assertThat(keys.lease(Purpose.INDEX, 0).ref().version()).isEqualTo(1);
    }
    assertThat(granted()).containsValue(0L);
  }

  @Test
  void purposesDoNotShareKeys() {
    DatasetKeys keys = replica(LIMIT);
    assertThat(keys.lease(Purpose.LEDGER, 1).key())
        .isNotEqualTo(keys.lease(Purpose.INDEX, 1).key());
  }

  @Test
  void aLeaseTooLargeIsRefused() {
    assertThatThrownBy(() -> replica(1L << 31).lease(Purpose.LEDGER, (1 << 24) + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> replica(LIMIT).lease(Purpose.LEDGER, LIMIT + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(replica(LIMIT).lease(Purpose.LEDGER, LIMIT).ref().version()).isEqualTo(1);
    assertThatThrownBy(() -> replica(LIMIT).lease(Purpose.LEDGER, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replicasThatLeaseAtOnceNeverGrantMoreThanTheLimit() throws Exception {
    int leases = 400;
    List<DatasetKeys> replicas = List.of(replica(LIMIT), replica(LIMIT), replica(LIMIT));
    List<Callable<KeyRef>> calls = new ArrayList<>();
    for (int i = 0; i < leases; i++) {
      DatasetKeys replica = replicas.get(i % replicas.size());
      calls.add(() -> replica.lease(Purpose.LEDGER, 70).ref());
    }
    Map<Integer, Long> handedOut;
    try (var threads = Executors.newFixedThreadPool(8)) {
      handedOut =
          threads.invokeAll(calls).stream()
              .map(each -> each.resultNow())
              .collect(Collectors.groupingBy(KeyRef::version, Collectors.summingLong(r -> 70)));
    }
    // 14 leases of 70 fit under 1,000.
    assertThat(handedOut.values()).allMatch(sum -> sum <= LIMIT);
    assertThat(handedOut).hasSize((leases + 13) / 14);
    assertThat(granted()).isEqualTo(handedOut);
  }

  private Map<Integer, Long> granted() {
    return database.statement(
        connection -> {
          Map<Integer, Long> granted = new java.util.HashMap<>();
          try (var found =
              connection
                  .createStatement()
                  .executeQuery("SELECT version, granted FROM dataset_key")) {
            while (found.next()) {
              granted.put(found.getInt(1), found.getLong(2));
            }
          }
          return granted;
        });
  }

  private DatasetKeys replica(long limit) {
    return DatasetFixture.keys(
        database, BranchFixture.keys(database, new FakeRoot(), new MovableClock()), limit);
  }
}
