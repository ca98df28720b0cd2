package org.tallykeep.analytics.refresh;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.tallykeep.analytics.histories.Histories;
import org.tallykeep.analytics.histories.HistoryStore;
import org.tallykeep.analytics.model.CurrentModel;
import org.tallykeep.analytics.model.ModelCard;
import org.tallykeep.platform.problem.Problems;

/** Loads new histories and fits anew. */
@Singleton
final class Refresher {

  private static final Logger LOG = Logger.getLogger(Refresher.class);

  private final HistoryStore store;
  private final CurrentModel model;
  private final AtomicReference<String> lastFailure = new AtomicReference<>("");

  Refresher(HistoryStore store, CurrentModel model) {
    this.store = store;
    this.model = model;
  }

  @Scheduled(
      identity = "refresh",
      every = "${tallykeep.refresh.every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void onSchedule() {
    try {
      store.refresh();
      model.refitWhenDue(store.required());
      lastFailure.set("");
    } catch (RuntimeException e) {
      // Every few seconds the same sentence helps nobody: only a new one is logged.
      String what = Problems.of(e).kind().name();
      if (!what.equals(lastFailure.getAndSet(what))) {
        LOG.warnf("Histories are not up to date: %s", what);
      }
    }
  }

  /** Now, and with a new fit if anything is new. */
  Refreshed now() {
    long read = store.refresh();
    Histories histories = store.required();
    ModelCard card = model.refit(histories).card();
    return new Refreshed(
        histories.size(), read, histories.dataThrough().orElse(null), card.modelVersion());
  }
}
