package org.tallykeep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published and cross-checked digits for the CDNOW sample. Sources: Fader, Hardie and Lee (2005),
 * and the digits this project computed from the dates (weeks are days / 7) with two independent
 * implementations.
 */
class BgNbdCdnowTest {

  /** The search behind the reference digits stopped at a slope of 8e-5, 3e-7 from the maximum. */
  private static final Percentage REFERENCE = Percentage.withPercentage(100 * 5e-7);

  /** Ours is held against the maximum found with 40 digits (Newton's method in mpmath). */
  private static final Percentage EXACT = Percentage.withPercentage(100 * 1e-9);

  private static final BuyingStatistics CUSTOMER = new BuyingStatistics(2, 213 / 7.0, 272 / 7.0);

  private static FitOutcome.Fitted<BgNbd> fit(BuyingSummary summary) {
    return switch (BgNbd.fit(summary)) {
      case FitOutcome.Fitted<BgNbd> fitted -> fitted;
      case FitOutcome.NotFitted<BgNbd> not -> throw new AssertionError(not.detail());
    };
  }

  @Test
  void theMaximumFromDatesHasTheReferenceDigits() {
    BuyingSummary summary = Cdnow.read().summary();

    FitOutcome.Fitted<BgNbd> fitted = fit(summary);

    assertThat(summary.customers()).isEqualTo(2357);
    assertThat(fitted.logLikelihood()).isCloseTo(-9582.429207, within(5e-7));
    assertThat(fitted.model().r()).isCloseTo(0.24259453, REFERENCE);
    assertThat(fitted.model().alpha()).isCloseTo(4.41360212, REFERENCE);
    assertThat(fitted.model().a()).isCloseTo(0.79292188, REFERENCE);
    assertThat(fitted.model().b()).isCloseTo(2.42590622, REFERENCE);
    assertThat(fitted.gradientNorm()).isLessThan(1e-10);
    assertThat(fitted.condition()).isBetween(1.0, 1e4);
  }

  @Test
  void theMaximumIsExact() {
    BgNbd model = fit(Cdnow.read().summary()).model();

    assertThat(model.r()).isCloseTo(0.2425945224301571, EXACT);
    assertThat(model.alpha()).isCloseTo(4.413602019013504, EXACT);
    assertThat(model.a()).isCloseTo(0.7929220172255976, EXACT);
    assertThat(model.b()).isCloseTo(2.425906776826332, EXACT);
  }

  @Test
  void theMaximumFromTheTwoDecimalWeeklySummaryHasItsOwnDigits() {
    FitOutcome.Fitted<BgNbd> fitted = fit(Cdnow.read().summary(100));

    assertThat(fitted.logLikelihood()).isCloseTo(-9582.42556, within(5e-6));
    assertThat(fitted.model().r()).isCloseTo(0.24259291, within(2e-8));
    assertThat(fitted.model().alpha()).isCloseTo(4.41353167, within(2e-7));
    assertThat(fitted.model().a()).isCloseTo(0.79288605, within(2e-7));
    assertThat(fitted.model().b()).isCloseTo(2.42575316, within(5e-7));
  }

  @Test
  void theReportedLogLikelihoodIsThatOfTheReportedModel() {
    BuyingSummary summary = Cdnow.read().summary();
    FitOutcome.Fitted<BgNbd> fitted = fit(summary);

    assertThat(fitted.model().logLikelihood(summary))
        .isCloseTo(fitted.logLikelihood(), withinPercentage(1e-10));
  }

  @Test
  void theExampleCustomerOfTheLiteratureIsReproduced() {
    BgNbd model = fit(Cdnow.read().summary()).model();

    assertThat(model.expectedPurchases(CUSTOMER, 39)).isCloseTo(1.22599447, within(5e-8));
    assertThat(model.probabilityAlive(CUSTOMER)).isCloseTo(0.72662, within(5e-6));
    BuyingStatistics rounded = new BuyingStatistics(2, 30.43, 38.86);
    assertThat(model.expectedPurchases(rounded, 39)).isCloseTo(1.22590685, within(5e-8));
    assertThat(model.probabilityAlive(rounded)).isCloseTo(0.72660916, within(5e-8));
  }

  @Test
  void theBestCustomerOfTheLiteratureIsReproduced() {
    BgNbd model = fit(Cdnow.read().summary()).model();
    BuyingStatistics best = new BuyingStatistics(26, 30.857, 31);

    assertThat(model.expectedPurchases(best, 52)).isCloseTo(25.757253, within(5e-6));
    assertThat(model.probabilityAlive(best)).isCloseTo(0.9688512, within(5e-7));
  }

  /** Fader, Hardie and Lee, "Implementing the BG/NBD Model in Excel" (2005), sheet E[X(t)]. */
  @ParameterizedTest
  @CsvSource({"0.1429, 0.0078", "1, 0.0532", "3, 0.1506", "31.8571, 1.0405", "32, 1.0437"})
  void thePublishedExpectedPurchasesOfNewcomersAreReproduced(double weeks, double published) {
    BgNbd authors = new BgNbd(0.242594, 4.413593, 0.792919, 2.425883);

    assertThat(authors.expectedPurchasesOfNewcomer(weeks)).isCloseTo(published, within(5.1e-5));
  }

  @Test
  void theExpectedPurchasesOfNewcomersAtTheOptimumAreTheReference() {
    BgNbd model = fit(Cdnow.read().summary()).model();

    assertThat(model.expectedPurchasesOfNewcomer(78)).isCloseTo(1.8580, within(5e-5));
    assertThat(model.expectedPurchasesOfNewcomer(52)).isCloseTo(1.444012, within(5e-7));
  }

  @Test
  void theHoldoutIsPredictedAsTheReferenceSays() {
    Cdnow cdnow = Cdnow.read();
    BgNbd model = fit(cdnow.summary()).model();
    double predicted = 0;
    int actual = 0;
    double absolute = 0;
    double squared = 0;
    for (int[] days : cdnow.customers()) {
      double expected =
          model.expectedPurchases(
              PurchaseDays.statistics(days, 0, days.length, Cdnow.CALIBRATION_END),
              PurchaseDays.inWeeks(Cdnow.HOLDOUT_DAYS));
      int came =
          PurchaseDays.countAfter(days, 0, days.length, Cdnow.CALIBRATION_END, Cdnow.HOLDOUT_DAYS);
      predicted += expected;
      actual += came;
      absolute += Math.abs(expected - came);
      squared += (expected - came) * (expected - came);
    }

    int customers = cdnow.customers().size();
    assertThat(actual).isEqualTo(1882);
    assertThat(predicted).isCloseTo(1653.4, within(0.05));
    assertThat(absolute / customers).isCloseTo(0.7855, within(5e-5));
    assertThat(Math.sqrt(squared / customers)).isCloseTo(1.6080, within(5e-5));
  }

  /** Conditional expectations by calibration frequency, as in the paper's figure 3. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.2251",
    "1, 0.5231",
    "2, 1.0441",
    "3, 1.5203",
    "4, 2.1638",
    "5, 2.6538",
    "6, 3.5040"
  })
  void theMeanPredictionPerFrequencyIsTheReference(int frequency, double reference) {
    Cdnow cdnow = Cdnow.read();
    BgNbd model = fit(cdnow.summary()).model();

    double mean =
        cdnow.statistics().stream()
            .filter(s -> s.frequency() == frequency)
            .mapToDouble(s -> model.expectedPurchases(s, PurchaseDays.inWeeks(273)))
            .average()
            .orElseThrow();

    assertThat(mean).isCloseTo(reference, Percentage.withPercentage(0.05));
  }
}
