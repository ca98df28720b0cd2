package org.tallykeep.analytics.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.analytics.platform.AnalyticsProblem;

class HistoryStoreTest {

  private static final UUID ANNE = UUID.randomUUID();
  private static final UUID BERT = UUID.randomUUID();

  private final FakeKeys keys = new FakeKeys();
  private final SealedHistories stored =
      new SealedHistories(keys.newAggregate(), keys.newManifest());
  private final Memory memory = new Memory();
  private HistorySource source = stored::open;
  private final HistoryStore store = store(false);

  private static final class Memory implements SeenRevisions {
    private long[] revisions = new long[Shards.COUNT];

    @Override
    public long[] highest() {
      return revisions.clone();
    }

    @Override
    public void remember(long[] seen, boolean evenIfLower) {
      for (int shard = 0; shard < seen.length; shard++) {
        revisions[shard] = evenIfLower ? seen[shard] : Math.max(seen[shard], revisions[shard]);
      }
    }
  }

  private HistoryStore store(boolean acceptOlder) {
    return new HistoryStore(after -> source.open(after), keys, memory, () -> acceptOlder);
  }

  @BeforeEach
  void someHistories() {
    stored.put(ANNE, 10, 17);
    stored.put(BERT, 12);
  }

  @Test
  void beforeTheFirstLoadThereIsNothingToComputeWith() {
    assertThat(store.current()).isEmpty();
    assertThatThrownBy(store::required).isInstanceOf(AnalyticsProblem.StillLoading.class);
  }

  @Test
  void aRefreshShowsEverythingAtOnce() {
    assertThat(store.refresh()).isEqualTo(2);
    assertThat(store.required().size()).isEqualTo(2);
    assertThat(memory.highest()).isEqualTo(stored.revisions);
  }

  @Test
  void aStreamThatBreaksHalfWayLeavesTheSnapshotBefore() {
    store.refresh();
    Histories before = store.required();
    stored.put(ANNE, 10, 17, 30);
    source =
        after -> {
          byte[] whole = stored.stream(after);
          return new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 30));
        };

    assertThatThrownBy(store::refresh)
        .isInstanceOfSatisfying(
            AnalyticsProblem.NotRefreshed.class,
            problem -> assertThat(problem.kind().name()).isEqualTo("histories-stream-broken"));
    assertThat(store.required()).isSameAs(before);

    source = stored::open;
    store.refresh();
    assertThat(store.required().days()).contains(30);
  }

  @Test
  void aCustomerServiceThatIsAwayLeavesTheSnapshotBefore() {
    store.refresh();
    Histories before = store.required();
    source =
        after -> {
          throw new IOException("connection refused");
        };

    assertThatThrownBy(store::refresh).isInstanceOf(AnalyticsProblem.NotRefreshed.class);
    assertThat(store.required()).isSameAs(before);
  }

  @Test
  void aHistoryThatWasErasedIsGoneAfterTheNextRefresh() {
    store.refresh();
    stored.rows.remove(BERT);

    store.refresh();

    assertThat(store.required().size()).isEqualTo(1);
    assertThat(store.required().find(BERT)).isEqualTo(-1);
  }

  @Test
  void aNewManifestKeyIsFollowed() {
    store.refresh();
    stored.rotateManifestKey(keys.newManifest());

    store.refresh();

    assertThat(store.required().size()).isEqualTo(2);
  }

  @Test
  void aStoreThatWasSetBackIsRefusedUntilSomebodySaysItWasOnPurpose() {
    store.refresh();
    stored.put(ANNE, 10, 17, 30);
    store.refresh();
    SealedHistories older = new SealedHistories(keys.newAggregate(), keys.newManifest());
    older.put(ANNE, 10);
    source = older::open;

    assertThatThrownBy(store::refresh)
        .isInstanceOfSatisfying(
            AnalyticsProblem.NotRefreshed.class,
            problem -> assertThat(problem.kind().name()).isEqualTo("histories-not-accounted-for"));
    assertThat(store.required().size()).isEqualTo(2);

    HistoryStore told = store(true);
    told.refresh();
    assertThat(told.required().size()).isEqualTo(1);
    assertThat(memory.highest()).isEqualTo(older.revisions);
  }

  @Test
  void whoRefusedIsKnownThroughLaterRefreshesUntilTheyGrantItAgain() {
    stored.putUnprofiled(ANNE, 10, 17);
    store.refresh();
    stored.put(BERT, 11, 12, 13);
    store.refresh();

    assertThat(store.required().isUnprofiled(store.required().find(ANNE))).isTrue();
    assertThat(store.required().isUnprofiled(store.required().find(BERT))).isFalse();

    stored.put(ANNE, 10, 17);
    store.refresh();

    assertThat(store.required().isUnprofiled(store.required().find(ANNE))).isFalse();
  }
}
