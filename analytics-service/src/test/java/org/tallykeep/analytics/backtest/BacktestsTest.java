package org.tallykeep.analytics.backtest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.analytics.Cdnow;
import org.tallykeep.analytics.histories.HistoryStore;
import org.tallykeep.analytics.histories.HistoryStores;
import org.tallykeep.analytics.model.Horizon;
import org.tallykeep.analytics.model.TestModels;
import org.tallykeep.analytics.platform.AnalyticsProblem;

class BacktestsTest {

  private static final LocalDate DAY_100 = LocalDate.ofEpochDay(100);

  private static Backtests on(HistoryStore store) {
    return new Backtests(store, TestModels.trainer());
  }

  private static Backtests on(Map<UUID, int[]> days) {
    return on(HistoryStores.loaded(days));
  }

  private static void refused(Backtests backtests, LocalDate until, int horizon, String detail) {
    assertThatThrownBy(() -> backtests.run(until, new Horizon(horizon)))
        .isInstanceOfSatisfying(
            AnalyticsProblem.Senseless.class,
            problem -> assertThat(problem.detail()).contains(detail));
  }

  @Test
  void theCdnowSampleGivesTheReferenceFiguresThroughSealedRows() {
    Backtest backtest =
        on(Cdnow.days()).run(Cdnow.CALIBRATION_END, new Horizon(Cdnow.HOLDOUT_DAYS));

    assertThat(backtest.customers()).isEqualTo(2357);
    assertThat(backtest.actual()).isEqualTo(1882);
    Backtest.Score score = backtest.models().getFirst();
    assertThat(score.model()).isEqualTo("bg-nbd");
    assertThat(requireNonNull(score.logLikelihood())).isCloseTo(-9582.429207, within(5e-6));
    assertThat(requireNonNull(score.predicted())).isCloseTo(1653.4, within(0.05));
    assertThat(requireNonNull(score.bias())).isCloseTo(-0.1215, within(5e-4));
    assertThat(requireNonNull(score.mae())).isCloseTo(0.7855, within(5e-5));
    assertThat(requireNonNull(score.rmse())).isCloseTo(1.6080, within(5e-5));
    assertThat(requireNonNull(score.parameters()).keySet()).containsExactly("r", "alpha", "a", "b");
    assertThat(backtest.dataThrough()).isEqualTo(LocalDate.of(1998, 6, 30));
  }

  @Test
  void otherPseudonymsInAnotherOrderChangeNoDigit() {
    Map<UUID, int[]> renamed = new HashMap<>();
    Cdnow.days().forEach((id, days) -> renamed.put(UUID.randomUUID(), days));

    assertThat(on(renamed).run(Cdnow.CALIBRATION_END, new Horizon(273)))
        .isEqualTo(on(Cdnow.days()).run(Cdnow.CALIBRATION_END, new Horizon(273)));
  }

  @Test
  void tooLittleDataIsNotEligibleAndSaysWhy() {
    Backtest backtest =
        on(Map.of(UUID.randomUUID(), new int[] {90, 95, 130})).run(DAY_100, new Horizon(30));

    // Of so few they would be the figures of single persons.
    assertThat(backtest.customers()).isNull();
    assertThat(backtest.actual()).isNull();
    Backtest.Score score = backtest.models().getFirst();
    assertThat(score.eligible()).isFalse();
    assertThat(score.reason()).contains("Fewer than 30 customers");
    assertThat(score.predicted()).isNull();
  }

  @Test
  void aCutBeforeTheFirstPurchaseHasNoCustomers() {
    Backtest backtest =
        on(Map.of(UUID.randomUUID(), new int[] {130, 140})).run(DAY_100, new Horizon(30));

    assertThat(backtest.customers()).isNull();
    assertThat(backtest.models().getFirst().eligible()).isFalse();
  }

  @Test
  void aCutBehindTheDataIsRefusedWithTheirEnd() {
    refused(
        on(Map.of(UUID.randomUUID(), new int[] {90, 100})),
        DAY_100,
        10,
        "The data end on 1970-04-11");
  }

  @Test
  void aHorizonBeyondTheDataIsRefusedWithTheLongestThereIs() {
    refused(
        on(Map.of(UUID.randomUUID(), new int[] {90, 130})),
        DAY_100,
        60,
        "horizonDays of at most 30");
  }

  @Test
  void withoutPurchasesThereIsNothingToTest() {
    refused(on(Map.of()), DAY_100, 10, "import some first");
  }

  @Test
  void aHorizonOfNoDayOrOfManyYearsIsRefused() {
    assertThatThrownBy(() -> new Horizon(0)).isInstanceOf(AnalyticsProblem.Senseless.class);
    assertThatThrownBy(() -> new Horizon(3651)).isInstanceOf(AnalyticsProblem.Senseless.class);
  }

  @Test
  void beforeTheHistoriesAreLoadedThereIsNoAnswer() {
    assertThatThrownBy(() -> on(HistoryStores.notLoaded(Map.of())).run(DAY_100, new Horizon(10)))
        .isInstanceOf(AnalyticsProblem.StillLoading.class);
  }
}
