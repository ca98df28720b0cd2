package org.tallykeep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BgNbdFitTest {

  private static FitOutcome.Fitted<BgNbd> fitted(BuyingSummary summary) {
    return switch (BgNbd.fit(summary)) {
      case FitOutcome.Fitted<BgNbd> fitted -> fitted;
      case FitOutcome.NotFitted<BgNbd> not -> throw new AssertionError(not.detail());
    };
  }

  private static FitOutcome.Reason reason(BuyingSummary summary) {
    return switch (BgNbd.fit(summary)) {
      case FitOutcome.Fitted<BgNbd> fitted -> throw new AssertionError(fitted.toString());
      case FitOutcome.NotFitted<BgNbd> not -> not.reason();
    };
  }

  @ParameterizedTest
  @CsvSource({"0.25, 4.5, 0.8, 2.4", "1.5, 10, 0.3, 4", "0.6, 1.2, 1.5, 6", "3, 30, 0.1, 0.3"})
  void theParametersOfSimulatedCustomersAreFoundAgain(double r, double alpha, double a, double b) {
    BgNbd truth = new BgNbd(r, alpha, a, b);
    BuyingSummary summary = SimulatedCustomers.of(truth, 40_000, 7).build();

    FitOutcome.Fitted<BgNbd> found = fitted(summary);

    assertThat(found.gradientNorm()).isLessThan(1e-8);
    assertThat(found.logLikelihood()).isGreaterThanOrEqualTo(truth.logLikelihood(summary));
    assertThat(found.model().expectedPurchasesOfNewcomer(52))
        .isCloseTo(truth.expectedPurchasesOfNewcomer(52), withinPercentage(5));
  }

  @Test
  void theGradientIsTheSlopeOfTheLikelihood() {
    BgNbd model = new BgNbd(0.4, 6, 0.7, 3);
    BgNbdLikelihood likelihood = new BgNbdLikelihood(SimulatedCustomers.of(model, 500, 3).build());
    double[] gradient = new double[4];
    double[] unused = new double[4];
    likelihood.evaluate(model, gradient);
    double[] p = {model.r(), model.alpha(), model.a(), model.b()};
    for (int i = 0; i < 4; i++) {
      double h = 1e-5 * p[i];
      double[] up = p.clone();
      up[i] += h;
      double[] down = p.clone();
      down[i] -= h;
      double slope =
          (likelihood.evaluate(new BgNbd(up[0], up[1], up[2], up[3]), unused)
                  - likelihood.evaluate(new BgNbd(down[0], down[1], down[2], down[3]), unused))
              / (2 * h);
      assertThat(gradient[i]).isCloseTo(slope, within(1e-5 * (1 + Math.abs(slope))));
    }
  }

  @Test
  void theOrderOfTheCustomersChangesNoDigit() {
    List<int[]> customers = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < 30_000; i++) {
      int x = Math.max(0, (int) (random.nextGaussian() * 3));
      int age = 30 + random.nextInt(700);
      customers.add(new int[] {x, x == 0 ? 0 : 1 + random.nextInt(age), age});
    }
    FitOutcome<BgNbd> before = BgNbd.fit(summary(customers));
    Collections.shuffle(customers, random);

    FitOutcome<BgNbd> after = BgNbd.fit(summary(customers));

    assertThat(after).isInstanceOf(FitOutcome.Fitted.class).isEqualTo(before);
  }

  @Test
  void theNumberOfThreadsChangesNoDigit() throws Exception {
    BuyingSummary summary = SimulatedCustomers.of(new BgNbd(0.5, 5, 0.8, 2.5), 60_000, 5).build();
    assertThat(summary.groups()).isGreaterThan(2 * 4096);

    try (ForkJoinPool one = new ForkJoinPool(1);
        ForkJoinPool seven = new ForkJoinPool(7)) {
      assertThat(seven.submit(() -> BgNbd.fit(summary)).get())
          .isEqualTo(one.submit(() -> BgNbd.fit(summary)).get());
    }
  }

  private static BuyingSummary summary(List<int[]> customers) {
    BuyingSummary.Builder builder = BuyingSummary.ofDays();
    customers.forEach(c -> builder.add(c[0], c[1], c[2]));
    return builder.build();
  }

  @Test
  void nobodyIsNothingToFit() {
    assertThat(reason(BuyingSummary.ofDays().build()))
        .isEqualTo(FitOutcome.Reason.NOTHING_OBSERVED);
  }

  @Test
  void customersOfTodayAreNothingToFit() {
    assertThat(reason(BuyingSummary.ofDays().add(0, 0, 0).add(0, 0, 0).build()))
        .isEqualTo(FitOutcome.Reason.NOTHING_OBSERVED);
  }

  @Test
  void withoutRepeatPurchasesThereIsNoMaximum() {
    assertThat(reason(BuyingSummary.ofDays().add(0, 0, 30).add(0, 0, 90).build()))
        .isEqualTo(FitOutcome.Reason.NO_REPEAT_PURCHASES);
  }

  @Test
  void customersWhoNeverStopGiveAModelThatSaysItsParametersAreNotDetermined() {
    BuyingSummary.Builder builder = BuyingSummary.ofDays();
    for (int i = 0; i < 500; i++) {
      builder.add(10 + i % 7, 350 + i % 14, 364);
    }

    switch (BgNbd.fit(builder.build())) {
      case FitOutcome.Fitted<BgNbd> fitted -> {
        assertThat(fitted.condition()).isGreaterThan(1e4);
        assertThat(fitted.model().probabilityAlive(new BuyingStatistics(12, 51, 52)))
            .isGreaterThan(0.95);
      }
      case FitOutcome.NotFitted<BgNbd> not ->
          assertThat(not.reason()).isEqualTo(FitOutcome.Reason.NO_MAXIMUM_FOUND);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 60, 120, 200, 500, 2000})
  void customersWhoAreAllAlikeAreFittedAlthoughSomeParametersAreOpen(int customers) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      BuyingSummary.Builder builder = BuyingSummary.ofDays();
      for (int i = 0; i < customers; i++) {
        int[] days = random.ints(1 + random.nextInt(8), 1, 400).sorted().distinct().toArray();
        int last = days[days.length - 1];
        builder.add(days.length - 1, last - days[0], 400 - days[0]);
      }

      FitOutcome.Fitted<BgNbd> found = fitted(builder.build());

      assertThat(found.gradientNorm()).isLessThan(1e-6);
      assertThat(found.model().expectedPurchases(new BuyingStatistics(3, 20, 25), 4))
          .isBetween(0.05, 2.0);
    }
  }

  @Test
  void everyOutcomeOfTinyDataIsAnAnswer() {
    Random random = new Random(1);
    for (int run = 0; run < 300; run++) {
      BuyingSummary.Builder builder = BuyingSummary.ofDays();
      int customers = 1 + random.nextInt(6);
      for (int i = 0; i < customers; i++) {
        int x = random.nextInt(4);
        int age = 1 + random.nextInt(60);
        builder.add(x, x == 0 ? 0 : 1 + random.nextInt(age), age);
      }
      switch (BgNbd.fit(builder.build())) {
        case FitOutcome.Fitted<BgNbd> fitted ->
            assertThat(fitted.model().expectedPurchases(new BuyingStatistics(1, 2, 8), 4))
                .isFinite()
                .isNotNegative();
        case FitOutcome.NotFitted<BgNbd> not -> assertThat(not.detail()).isNotBlank();
      }
    }
  }
}
