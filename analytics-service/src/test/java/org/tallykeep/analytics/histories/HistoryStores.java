package org.tallykeep.analytics.histories;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.aggregates.Shards;

/** Stores for tests of what is computed from histories: sealed, streamed and loaded as usual. */
public final class HistoryStores {

  private HistoryStores() {}

  /** A store that has loaded these purchase days. */
  public static HistoryStore loaded(Map<UUID, int[]> days) {
    HistoryStore store = notLoaded(days);
    store.refresh();
    return store;
  }

  /** A store that has loaded these, of which some refused that anything is predicted of them. */
  public static HistoryStore loaded(Map<UUID, int[]> days, Set<UUID> unprofiled) {
    HistoryStore store = notLoaded(days, unprofiled);
    store.refresh();
    return store;
  }

  /** A store that can load these purchase days. */
  public static HistoryStore notLoaded(Map<UUID, int[]> days) {
    return notLoaded(days, Set.of());
  }

  private static HistoryStore notLoaded(Map<UUID, int[]> days, Set<UUID> unprofiled) {
    FakeKeys keys = new FakeKeys();
    SealedHistories stored = new SealedHistories(keys.newAggregate(), keys.newManifest());
    days.forEach(
        (purchaser, theirs) -> {
          if (unprofiled.contains(purchaser)) {
            stored.putUnprofiled(purchaser, theirs);
          } else {
            stored.put(purchaser, theirs);
          }
        });
    return new HistoryStore(stored::open, keys, new NothingSeen(), () -> false);
  }

  private static final class NothingSeen implements SeenRevisions {
    @Override
    public long[] highest() {
      return new long[Shards.COUNT];
    }

    @Override
    public void remember(long[] revisions, boolean evenIfLower) {}
  }
}
