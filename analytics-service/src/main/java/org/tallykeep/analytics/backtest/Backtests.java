package org.tallykeep.analytics.backtest;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import org.tallykeep.analytics.histories.Histories;
import org.tallykeep.analytics.histories.HistoryStore;
import org.tallykeep.analytics.model.Horizon;
import org.tallykeep.analytics.model.Trainer;
import org.tallykeep.analytics.model.Training;
import org.tallykeep.analytics.platform.AnalyticsProblem;
import org.tallykeep.models.BgNbd;
import org.tallykeep.models.FitOutcome;
import org.tallykeep.models.PurchaseModel;

/** Fits on the data up to a day and compares with what came after. */
@Singleton
final class Backtests {

  /** The last days of a horizon may well have had no customer at all; more is missing data. */
  private static final int QUIET_DAYS = 7;

  private final HistoryStore store;
  private final Trainer trainer;

  Backtests(HistoryStore store, Trainer trainer) {
    this.store = store;
    this.trainer = trainer;
  }

  Backtest run(LocalDate until, Horizon horizon) {
    Histories histories = store.required();
    LocalDate dataThrough =
        histories
            .dataThrough()
            .orElseThrow(
                () ->
                    new AnalyticsProblem.Senseless(
                        "no-purchases", "There are no purchases yet: import some first."));
    requireSense(until, horizon, dataThrough);
    Holdout holdout = Holdout.of(histories, until, horizon);
    Training training = trainer.train(histories, until);
    boolean enough = training instanceof Training.Trained;
    return new Backtest(
        enough ? holdout.customers() : null,
        enough ? holdout.actual() : null,
        List.of(score(training, holdout, horizon)),
        until,
        horizon.days(),
        until,
        dataThrough);
  }

  private static void requireSense(LocalDate until, Horizon horizon, LocalDate dataThrough) {
    if (!until.isBefore(dataThrough)) {
      throw new AnalyticsProblem.Senseless(
          "nothing-to-compare-with",
          "The data end on %s, so nothing came after %s: choose an earlier until."
              .formatted(dataThrough, until));
    }
    if (until.plusDays(horizon.days()).isAfter(dataThrough.plusDays(QUIET_DAYS))) {
      long most = dataThrough.toEpochDay() - until.toEpochDay();
      throw new AnalyticsProblem.Senseless(
          "horizon-beyond-data",
          "The data end on %s: choose an earlier until, or horizonDays of at most %d."
              .formatted(dataThrough, most));
    }
  }

  private static Backtest.Score score(Training training, Holdout holdout, Horizon horizon) {
    return switch (training) {
      case Training.Trained trained -> score(trained, holdout, horizon);
      case Training.TooLittle tooLittle ->
          new Backtest.Score(
              BgNbd.NAME,
              null,
              null,
              null,
              null,
              null,
              null,
              false,
              tooLittle.reason(),
              null,
              null,
              null);
    };
  }

  private static Backtest.Score score(Training.Trained trained, Holdout holdout, Horizon horizon) {
    FitOutcome.Fitted<? extends PurchaseModel> fit = trained.fit();
    Holdout.Errors errors = holdout.errors(fit.model(), horizon);
    long customers = holdout.customers();
    return new Backtest.Score(
        fit.model().name(),
        fit.model().parameters(),
        fit.logLikelihood(),
        errors.predicted(),
        holdout.actual() == 0 ? null : errors.predicted() / holdout.actual() - 1,
        errors.absolute() / customers,
        Math.sqrt(errors.squared() / customers),
        true,
        null,
        trained.modelVersion(),
        fit.gradientNorm(),
        Double.isFinite(fit.condition()) ? fit.condition() : null);
  }
}
