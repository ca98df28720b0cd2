package org.tallykeep.analytics.prediction;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tallykeep.analytics.histories.Histories;
import org.tallykeep.analytics.histories.HistoryStore;
import org.tallykeep.analytics.model.CurrentModel;
import org.tallykeep.analytics.model.Horizon;
import org.tallykeep.analytics.platform.AnalyticsProblem;
import org.tallykeep.models.BuyingStatistics;
import org.tallykeep.models.PurchaseDays;
import org.tallykeep.models.PurchaseModel;

/**
 * Predictions as a pure function of the histories and the model in use. They count from the end of
 * the data, not from the clock: the same histories give the same figures on any day.
 */
@Singleton
final class Predictions {

  private static final String NO_PURCHASES = "No purchase day of this purchaser is known.";
  private static final String REFUSED =
      "This purchaser refused that anything is predicted of them.";
  private final HistoryStore store;
  private final CurrentModel current;

  Predictions(HistoryStore store, CurrentModel current) {
    this.store = store;
    this.current = current;
  }

  /** In the order asked. */
  List<Prediction> of(List<UUID> purchasers, Horizon horizon) {
    Scoring scoring = scoring(horizon);
    return purchasers.stream().map(scoring::predict).toList();
  }

  /** Those expected to buy most, most first, pseudonyms deciding ties; nobody without a model. */
  List<Prediction> top(int count, Horizon horizon) {
    Scoring scoring = scoring(horizon);
    return scoring.best(count).stream().map(scoring::predict).toList();
  }

  private Scoring scoring(Horizon horizon) {
    Histories histories = store.required();
    CurrentModel.Active active = current.active().orElseThrow(AnalyticsProblem.StillLoading::new);
    return new Scoring(histories, active, horizon);
  }

  private record Ranked(UUID purchaser, double expected) {}

  /** One snapshot, one model, one horizon. */
  private static final class Scoring {
    private static final Comparator<Ranked> BEST_FIRST =
        Comparator.comparingDouble(Ranked::expected).reversed().thenComparing(Ranked::purchaser);

    private final Histories histories;
    private final CurrentModel.Active active;
    private final Horizon horizon;
    private final @Nullable PurchaseModel model;
    private final @Nullable LocalDate asOf;

    Scoring(Histories histories, CurrentModel.Active active, Horizon horizon) {
      this.histories = histories;
      this.active = active;
      this.horizon = horizon;
      this.model = active.model().orElse(null);
      this.asOf = histories.dataThrough().orElse(null);
    }

    List<UUID> best(int count) {
      if (model == null) {
        return List.of();
      }
      double[] expected = new double[histories.size()];
      IntStream.range(0, expected.length).parallel().forEach(i -> expected[i] = expected(i));
      PriorityQueue<Ranked> best = new PriorityQueue<>(BEST_FIRST.reversed());
      for (int i = 0; i < expected.length; i++) {
        boolean full = best.size() == count;
        if (isRanked(i) && !(full && expected[i] < best.element().expected())) {
          best.add(new Ranked(histories.id(i), expected[i]));
          if (full) {
            best.remove();
          }
        }
      }
      return best.stream().sorted(BEST_FIRST).map(Ranked::purchaser).toList();
    }

    private boolean isRanked(int i) {
      return hasPurchases(i) && !histories.isUnprofiled(i);
    }

    private double expected(int i) {
      return model == null || !isRanked(i)
          ? 0
          : model.expectedPurchases(statistics(i), horizon.weeks());
    }

    private boolean hasPurchases(int i) {
      return histories.to(i) > histories.from(i);
    }

    private BuyingStatistics statistics(int i) {
      int end = histories.to(i);
      int until = asOf == null ? histories.days()[end - 1] : (int) asOf.toEpochDay();
      return PurchaseDays.statistics(histories.days(), histories.from(i), end, until);
    }

    Prediction predict(UUID purchaser) {
      int i = histories.find(purchaser);
      if (i >= 0 && histories.isUnprofiled(i)) {
        return not(purchaser, REFUSED);
      }
      if (model == null) {
        return not(purchaser, active.card().reason());
      }
      if (i < 0 || !hasPurchases(i)) {
        return not(purchaser, NO_PURCHASES);
      }
      BuyingStatistics statistics = statistics(i);
      return new Prediction(
          purchaser,
          true,
          null,
          model.expectedPurchases(statistics, horizon.weeks()),
          model.probabilityAlive(statistics),
          horizon.days(),
          asOf,
          asOf,
          active.card().modelVersion());
    }

    private Prediction not(UUID purchaser, @Nullable String reason) {
      return new Prediction(purchaser, false, reason, null, null, horizon.days(), asOf, asOf, null);
    }
  }
}
