package org.tallykeep.analytics.histories;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.AggregateFormatException;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.analytics.platform.AnalyticsProblem;

/**
 * The current snapshot of the histories. It is exchanged as a whole or not at all; a refresh that
 * fails leaves the one before in use.
 */
@Singleton
public final class HistoryStore {

  private static final Logger LOG = Logger.getLogger(HistoryStore.class);

  private final HistoryLoader loader;
  private final SeenRevisions seen;
  private final HistoriesConfig config;
  private final AtomicReference<@Nullable Histories> current = new AtomicReference<>();

  HistoryStore(HistorySource source, HistoryKeys keys, SeenRevisions seen, HistoriesConfig config) {
    this.loader = new HistoryLoader(source, keys);
    this.seen = seen;
    this.config = config;
  }

  /** The histories, as far as they have been loaded. */
  public Optional<Histories> current() {
    return Optional.ofNullable(current.get());
  }

  /**
   * The histories.
   *
   * @throws AnalyticsProblem.StillLoading before they have been loaded for the first time
   */
  public Histories required() {
    return current().orElseThrow(AnalyticsProblem.StillLoading::new);
  }

  /**
   * Loads what is new.
   *
   * @return the number of histories that are new or changed
   * @throws AnalyticsProblem.NotRefreshed when that did not work; the snapshot before stays in use
   */
  public synchronized long refresh() {
    try {
      Histories before = current().orElseGet(Histories::empty);
      HistoryLoader.Loaded loaded = load(before, remembered());
      seen.remember(loaded.revisions(), config.acceptOlder());
      current.set(loaded.histories());
      return loaded.read();
    } catch (UnaccountedHistoriesException e) {
      // For the security officer: what is wrong, and with which shard, but nobody's row.
      LOG.errorf("The purchase histories are not what their manifests say: %s", e.getMessage());
      throw new AnalyticsProblem.NotRefreshed(
          "histories-not-accounted-for",
          "A stored purchase history was removed, exchanged or set back. The histories loaded"
              + " before stay in use; a security officer must look at the customer database.",
          e);
    } catch (AggregateFormatException | IOException e) {
      throw new AnalyticsProblem.NotRefreshed(
          "histories-stream-broken",
          "The stream of histories from the customer service broke off. The histories loaded before"
              + " stay in use; try again in a while.",
          e);
    }
  }

  /** Onto the snapshot; from nothing where that does not add up, because rows may be gone. */
  private HistoryLoader.Loaded load(Histories before, long[] remembered) throws IOException {
    if (before.size() > 0) {
      try {
        return loader.load(before, remembered);
      } catch (UnaccountedHistoriesException e) {
        LOG.infof("Loading all histories anew: %s", e.getMessage());
      }
    }
    return loader.load(Histories.empty(), remembered);
  }

  private long[] remembered() {
    return config.acceptOlder() ? new long[Shards.COUNT] : seen.highest();
  }
}
