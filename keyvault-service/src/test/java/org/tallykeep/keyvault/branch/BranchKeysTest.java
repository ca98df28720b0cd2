package org.tallykeep.keyvault.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyClosedException;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.WrappingKey;
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
          assertThat(branch.wrap(new KeyRef(UUID.randomUUID(), 1), "subject", new byte[40]))
              .hasSize(48);
          return refresh;
        });
    assertThat(keys.use(BranchRing::size)).isEqualTo(ALL);
  }

  @Test
  void workThatFindsThemRotatedIsDoneAgainWithRowsAndKeysReadAnew() {
    keys.refreshAhead();
    AtomicInteger reads = new AtomicInteger();
    List<Integer> works = new ArrayList<>();

    int size =
        keys.use(
            reads::incrementAndGet,
            (ring, read) -> {
              works.add(read);
              if (works.size() < 3) {
                throw new StaleBranches();
              }
              return ring.size();
            });

    assertThat(size).isEqualTo(ALL);
    assertThat(works).containsExactly(1, 2, 3);
    assertThat(root.unwraps).hasValue(3);
  }

  @Test
  void workThatFindsThemRotatedAgainAndAgainFails() {
    AtomicInteger works = new AtomicInteger();

    assertThatThrownBy(
            () ->
                keys.use(
                    ring -> {
                      works.incrementAndGet();
                      throw new StaleBranches();
                    }))
        .isInstanceOf(StaleBranches.class);

    assertThat(works).hasValue(4);
    assertThat(keys.use(BranchRing::size)).isEqualTo(ALL);
  }

  @Test
  void ofManyThatFindTheSameKeysRotatedOneLoads() throws Exception {
    keys.refreshAhead();
    int requests = 4;
    CyclicBarrier together = new CyclicBarrier(requests);
    Callable<Integer> request =
        () -> {
          AtomicBoolean first = new AtomicBoolean(true);
          return keys.use(
              ring -> {
                if (first.getAndSet(false)) {
                  await(together);
                  throw new StaleBranches();
                }
                return ring.size();
              });
        };

    try (ExecutorService threads = Executors.newFixedThreadPool(requests)) {
      for (Future<Integer> size : threads.invokeAll(List.of(request, request, request, request))) {
        assertThat(size.get()).isEqualTo(ALL);
      }
    }

    assertThat(root.unwraps).hasValue(2);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoeverKnowsThatTheyWereRotatedHasThemLoadedWhateverTheirAge() {
    keys.refreshAhead();
    WrappingKey before = keys.use(ring -> ring.anyOf("subject"));

    keys.reload();

    assertThat(root.unwraps).hasValue(2);
    assertGone(before);
  }

  @Test
  void keysThatAreTooOldAreNotInMemoryAnyMore() {
    keys.refreshAhead();
    WrappingKey before = keys.use(ring -> ring.anyOf("subject"));
    root.away = SEALED;
    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    keys.refreshAhead();
    assertThat(before.wrap(new KeyRef(UUID.randomUUID(), 1), "subject", new byte[40])).hasSize(48);

    clock.advance(Duration.ofMillis(1));
    keys.refreshAhead();

    assertGone(before);
  }

  private static void assertGone(WrappingKey key) {
    assertThatThrownBy(() -> key.wrap(new KeyRef(UUID.randomUUID(), 1), "subject", new byte[40]))
        .isInstanceOf(KeyClosedException.class);
  }

  @Test
  void theNewestVersionOfABranchIsTheOneToWrapWith() {
    UUID branch = UUID.randomUUID();
    List<BranchRow> rows = new ArrayList<>();
    List<byte[]> opened = new ArrayList<>();
    for (int version : new int[] {2, 3, 1}) {
      rows.add(new BranchRow(new KeyRef(branch, version), "subject", new byte[0]));
      opened.add(new byte[32]);
    }
    try (BranchRing ring = BranchRing.takeOwnershipOf(rows, opened)) {
      assertThat(ring.newest(branch).ref().version()).isEqualTo(3);
      assertThat(ring.anyOf("subject").ref().version()).isEqualTo(3);
      assertThat(ring.get(new KeyRef(branch, 1)).ref().version()).isEqualTo(1);
      assertThat(ring.size()).isEqualTo(3);
      assertThatThrownBy(() -> ring.get(new KeyRef(branch, 4))).isInstanceOf(StaleBranches.class);
      assertThatThrownBy(() -> ring.newest(UUID.randomUUID())).isInstanceOf(StaleBranches.class);
      assertThatThrownBy(() -> ring.anyOf("pseudonym")).isInstanceOf(IllegalStateException.class);
    }
  }

  private List<BranchRow> rows() {
    return database.statement(new BranchRepository()::all);
  }
}
