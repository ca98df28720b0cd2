package org.tallykeep.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Exactness at stated parameters, against values with 60 digits made by bg_nbd_high_precision.py
 * beside the table. Tolerance: 1e-9 relative unless a test says otherwise.
 */
class BgNbdPrecisionTest {

  private static final double RELATIVE = 1e-9;

  private static List<double[]> table() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                requireNonNull(
                    BgNbdPrecisionTest.class.getResourceAsStream("bg_nbd_high_precision.csv")),
                UTF_8))) {
      return reader
          .lines()
          .skip(1)
          .map(
              line ->
                  List.of(line.split(",", -1)).stream().mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }

  private static BgNbd model(double[] row) {
    return new BgNbd(row[0], row[1], row[2], row[3]);
  }

  private static BuyingStatistics customer(double[] row) {
    return new BuyingStatistics((int) row[4], row[5], row[6]);
  }

  @Test
  void expectedPurchasesAgreeAtRandomPoints() throws IOException {
    for (double[] row : table()) {
      assertThat(model(row).expectedPurchases(customer(row), row[7]))
          .as("%s %s %s", model(row), customer(row), row[7])
          .isCloseTo(row[8], withinPercentage(100 * RELATIVE));
    }
  }

  @Test
  void probabilitiesAgreeAtRandomPoints() throws IOException {
    for (double[] row : table()) {
      assertThat(model(row).probabilityAlive(customer(row)))
          .as("%s %s", model(row), customer(row))
          .isCloseTo(row[9], withinPercentage(100 * RELATIVE));
    }
  }

  @Test
  void logLikelihoodsAgreeAtRandomPoints() throws IOException {
    for (double[] row : table()) {
      BuyingSummary one = one((int) row[4], row[5], row[6]);
      assertThat(model(row).logLikelihood(one))
          .as("%s %s", model(row), customer(row))
          .isCloseTo(row[10], withinPercentage(100 * RELATIVE));
    }
  }

  @Test
  void theSumAndTheIntegralAgreeWhereBothCanBeUsed() throws IOException {
    for (double[] row : table()) {
      double shape = row[0] + row[4];
      double rate = row[1] + row[6];
      double b = row[3] + row[4];
      double horizon = Math.min(row[7], 600);
      assertThat(FuturePurchases.byIntegration(shape, row[2], b, horizon / rate))
          .as("%s %s %s", model(row), customer(row), horizon)
          .isCloseTo(
              FuturePurchases.bySummation(shape, row[2], b, horizon / (rate + horizon)),
              withinPercentage(100 * RELATIVE));
    }
  }

  /** Where other packages overflow: a 0.8, b 2.5, r 0.25, alpha 4. */
  @ParameterizedTest
  @CsvSource({"0, 0, 40, -0.59947382", "200, 38, 40, 100.7957"})
  void theLogLikelihoodStaysFiniteWhereOthersFail(int x, double tx, double age, double published) {
    BgNbd model = new BgNbd(0.25, 4, 0.8, 2.5);

    assertThat(model.logLikelihood(one(x, tx, age))).isCloseTo(published, withinPercentage(1e-4));
  }

  private static BuyingSummary one(int x, double tx, double age) {
    return BuyingSummary.ofDays()
        .add(x, (int) Math.round(tx * 7), (int) Math.round(age * 7))
        .build();
  }
}
