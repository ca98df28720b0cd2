package org.tallykeep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold whatever the numbers; each seed is one random model and customer. */
class BgNbdLawsTest {

  private static final double[] HORIZONS = {0, 1e-9, 1 / 7.0, 1, 13, 52, 520, 1e4, 1e7};

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  private static double spread(SplittableRandom random, double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }

  /** Every third one from the very ends of what a fit can come to. */
  private static BgNbd model(SplittableRandom random) {
    boolean extreme = random.nextInt(3) == 0;
    return new BgNbd(
        extreme ? spread(random, 1e-9, 1e9) : spread(random, 1e-3, 100),
        extreme ? spread(random, 1e-9, 1e9) : spread(random, 1e-3, 1000),
        extreme ? spread(random, 1e-9, 1e9) : spread(random, 1e-3, 100),
        extreme ? spread(random, 1e-9, 1e9) : spread(random, 1e-3, 1000));
  }

  private static BuyingStatistics customer(SplittableRandom random) {
    int x = random.nextBoolean() ? random.nextInt(5) : random.nextInt(3000);
    int days = x + random.nextInt(2000);
    int last = x == 0 ? 0 : x + random.nextInt(days - x + 1);
    return new BuyingStatistics(x, last / 7.0, days / 7.0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void expectedPurchasesAreFiniteAndGrowWithTheHorizon(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BgNbd model = model(random);
    BuyingStatistics customer = customer(random);
    double before = 0;
    for (double horizon : HORIZONS) {
      double expected = model.expectedPurchases(customer, horizon);
      assertThat(expected).as("%s %s %s", model, customer, horizon).isFinite();
      // A customer who is almost surely gone may round to nothing, and a limit may be reached.
      assertThat(expected).isGreaterThanOrEqualTo(before * (1 - 1e-12));
      before = expected;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void probabilityAliveIsAProbabilityAndFallsWithSilence(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BgNbd model = model(random);
    BuyingStatistics now = customer(random);
    double before = 1;
    for (double silence : HORIZONS) {
      BuyingStatistics later =
          new BuyingStatistics(now.frequency(), now.recency(), now.age() + silence);
      double alive = model.probabilityAlive(later);
      assertThat(alive).isBetween(0.0, before);
      before = alive;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nobodyIsExpectedToBuyMoreOftenThanOneWhoNeverStops(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BgNbd model = model(random);
    BuyingStatistics customer = customer(random);
    double rate = (model.r() + customer.frequency()) / (model.alpha() + customer.age());

    assertThat(model.expectedPurchases(customer, 26)).isLessThanOrEqualTo(26 * rate * (1 + 1e-12));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theUnitOfTimeDoesNotMatter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BgNbd inWeeks = model(random);
    BuyingStatistics c = customer(random);
    BgNbd inEighths = new BgNbd(inWeeks.r(), inWeeks.alpha() * 8, inWeeks.a(), inWeeks.b());
    BuyingStatistics scaled = new BuyingStatistics(c.frequency(), c.recency() * 8, c.age() * 8);

    // A factor of eight is exact, so the digits are the same.
    assertThat(inEighths.expectedPurchases(scaled, 8 * 13))
        .isEqualTo(inWeeks.expectedPurchases(c, 13));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9999, 0.999999999, 1, 1.000000001, 1.0001})
  void nothingHappensAtAEqualsOne(double a) {
    BuyingStatistics customer = new BuyingStatistics(2, 30, 38);
    double at = new BgNbd(0.25, 4, a, 2.5).expectedPurchases(customer, 39);
    double beside = new BgNbd(0.25, 4, 1.00001, 2.5).expectedPurchases(customer, 39);

    assertThat(at / beside).isBetween(0.9998, 1.0002);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void aHorizonThatIsNoTimeIsRefused(double horizon) {
    BgNbd model = new BgNbd(0.25, 4, 0.8, 2.5);

    assertThatThrownBy(() -> model.expectedPurchases(BuyingStatistics.NEWCOMER, horizon))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parametersMustBePositiveAndFinite() {
    assertThatThrownBy(() -> new BgNbd(0, 1, 1, 1)).hasMessageContaining("r is not positive");
    assertThatThrownBy(() -> new BgNbd(1, Double.NaN, 1, 1)).hasMessageContaining("alpha");
    assertThatThrownBy(() -> new BgNbd(1, 1, -1, 1)).hasMessageContaining("a is not positive");
    assertThatThrownBy(() -> new BgNbd(1, 1, 1, Double.POSITIVE_INFINITY))
        .hasMessageContaining("b is not positive");
  }

  @Test
  void parametersKeepTheCustomaryOrder() {
    assertThat(new BgNbd(1, 2, 3, 4).parameters().keySet()).containsExactly("r", "alpha", "a", "b");
  }
}
