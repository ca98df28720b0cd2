package org.tallykeep.keyvault.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.platform.problem.Unavailable;

class BranchKeysTest {

  private static final int ALL = 21;
  private static final Unavailable SEALED =
      new Unavailable("sealed", "Later.", Duration.ofSeconds(1), null);

  private final Database database = TestDatabase.migrated();
  private final FakeRoot root = new FakeRoot();
  private final MovableClock clock = new MovableClock();
  private final BranchKeys keys = BranchFixture.keys(database, root, clock);

  @Test
  void allAreOpenedInOneCallAndServeForTheirAge() {
    for (int i = 0; i < 100; i++) {
      assertThat(keys.use(BranchRing::size)).isEqualTo(ALL);
    }
    assertThat(root.unwraps).hasValue(1);
  }

  @Test
  void theyAreRefreshedAheadOfTime() {
    keys.refreshAhead();
    clock.advance(Duration.ofMinutes(11));
    keys.refreshAhead();
    assertThat(root.unwraps).hasValue(1);
    clock.advance(Duration.ofMinutes(2));
    keys.refreshAhead();
    assertThat(root.unwraps).hasValue(2);
    clock.advance(Duration.ofMinutes(3));
    keys.use(BranchRing::size);
    assertThat(root.unwraps).hasValue(2);
  }

  @Test
  void withTheRootAwayTheyServeUntilTheyAreTooOldAndThenAgainOnceItIsBack() {
    keys.refreshAhead();
    root.away = SEALED;
    clock.advance(Duration.ofMinutes(14));
    keys.refreshAhead();
    assertThat(keys.usable()).isTrue();
    assertThat(keys.use(BranchRing::size)).isEqualTo(ALL);

    clock.advance(Duration.ofMinutes(1));
    keys.refreshAhead();
    assertThat(keys.usable()).isFalse();
    assertThatThrownBy(() -> keys.use(BranchRing::size)).isSameAs(SEALED);

    root.away = null;
    clock.advance(Duration.ofSeconds(2));
    assertThat(keys.use(BranchRing::size)).isEqualTo(ALL);
    assertThat(keys.usable()).isTrue();
  }

  @Test
  void whileTheRootIsAwayItIsNotAskedAtEachRequest() {
    keys.refreshAhead();
    root.away = SEALED;
    clock.advance(Duration.ofMinutes(15));
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> keys.use(BranchRing::size)).isSameAs(SEALED);
    }
    assertThat(root.unwraps).hasValue(2);
  }

  @Test
  void twoReplicasThatStartAtOnceMakeOneSet() throws Exception {
    int replicas = 4;
    CyclicBarrier together = new CyclicBarrier(replicas);
    Callable<Integer> start =
        () -> {
          together.await();
          try (BranchRing ring = BranchFixture.loader(database, root).load()) {
            return ring.size();
          }
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(replicas)) {
      for (Future<Integer> size : threads.invokeAll(List.of(start, start, start, start))) {
        assertThat(size.get()).isEqualTo(ALL);
      }
    }
    assertThat(root.wraps).hasValue(1);
    assertThat(rows()).hasSize(ALL);
  }

  @Test
  void keysInUseAreNotZeroedByARefresh() {
    keys.use(
        ring -> {
          var branch = ring.anyOf("subject");
          clock.advance(Duration.ofMinutes(13));
          var refresh = Thread.ofPlatform().start(keys::refreshAhead);
          org.awaitility.Awaitility.await().until(() -> root.unwraps.get() == 2);
          assertThat(
                  branch.wrap(
                      new org.tallykeep.envelope.KeyRef(java.util.UUID.randomUUID(), 1),
                      "subject",
                      new byte[40]))
              .hasSize(48);
          return refresh;
        });
    assertThat(keys.use(BranchRing::size)).isEqualTo(ALL);
  }

  private List<BranchRow> rows() {
    return database.statement(new BranchRepository()::all);
  }
}
