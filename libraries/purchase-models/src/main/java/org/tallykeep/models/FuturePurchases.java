package org.tallykeep.models;

import java.util.function.DoubleUnaryOperator;

/**
 * The expected number of purchases within a horizon of a customer who is alive, whose rate is
 * Gamma(shape, rate) and who stops after each purchase with a probability that is Beta(a, b).
 *
 * <p>The count is min(N, K): N, the purchases of one who never stops, is negative binomial; K, the
 * purchase after which they stop, is beta-geometric; the two are independent. So
 *
 * <pre>
 *   E = sum over n of P(N = n) H(n),   H(n) = E[min(n, K)] = 1 + G(1) + ... + G(n-1),
 *   G(j) = P(K > j) = product over i below j of (b + i) / (a + b + i)
 * </pre>
 *
 * in which every term is positive, so nothing cancels: not at a = 1, where the customary form
 * divides by zero, nor for large x or small means. The weights P(N = n) need no normalisation,
 * because their own sum divides it out; that avoids the Gamma function and its underflow.
 */
final class FuturePurchases {

  /** Rescaling by a power of two changes no digit. */
  private static final double LARGE = 0x1p500;

  private static final double SHRINK = 0x1p-500;

  /** The remaining tail may be dropped when it is this small against the sum. */
  private static final double NEGLIGIBLE = 0x1p-58;

  /** With more terms than this an integral is cheaper. */
  private static final double MANY_TERMS = 50_000;

  /** A horizon this many times the rate is as good as for ever. */
  private static final double FARTHEST = 1e250;

  private FuturePurchases() {}

  /**
   * @param shape r + x
   * @param rate alpha + T
   * @param a as fitted
   * @param b b + x
   * @param horizon t, 0 or more and finite
   */
  static double expected(double shape, double rate, double a, double b, double horizon) {
    if (!(horizon >= 0 && horizon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("horizon is not a finite time of 0 or more: " + horizon);
    }
    if (horizon == 0) {
      return 0;
    }
    double p = rate / (rate + horizon);
    double mean = shape * horizon / rate;
    double terms = mean + 10 * Math.sqrt(mean / p) + 45 / p;
    return terms < MANY_TERMS
        ? bySummation(shape, a, b, horizon / (rate + horizon))
        : byIntegration(shape, a, b, horizon / rate);
  }

  /**
   * @param q horizon / (rate + horizon): N is negative binomial with P(n+1) / P(n) = (shape + n) /
   *     (n + 1) q
   */
  static double bySummation(double shape, double a, double b, double q) {
    double weight = 1;
    double weights = 1;
    double stillBuying = 1;
    double purchases = 0;
    double sum = 0;
    for (int n = 0; ; n++) {
      double ratio = (shape + n) / (n + 1) * q;
      weight *= ratio;
      purchases += stillBuying;
      stillBuying *= (b + n) / (a + b + n);
      weights += weight;
      sum += weight * purchases;
      if (weights > LARGE) {
        weight *= SHRINK;
        weights *= SHRINK;
        sum *= SHRINK;
      }
      // The next ratios lie between this one and q, so a geometric series bounds the tail. H grows
      // by at most one a term.
      double bound = Math.max(ratio, q);
      if (bound < 1) {
        double geometric = bound / (1 - bound);
        double tail = weight * geometric * (purchases + 1 + geometric);
        if (tail <= NEGLIGIBLE * sum && weight * geometric <= NEGLIGIBLE * weights) {
          return sum / weights;
        }
      }
    }
  }

  /**
   * The same expectation for horizons that dwarf the time observed, as a mean over p:
   *
   * <pre>
   *   E = mean of (1 - (1 + p z)^-shape) / p  over p from Beta(a, b),   z = horizon / rate
   * </pre>
   *
   * In the variable u = log(p / (1 - p)) the density and the product decay exponentially on both
   * sides, where the trapezoidal rule converges geometrically (Trefethen and Weideman 2014).
   */
  static double byIntegration(double shape, double a, double b, double z) {
    double ahead = Math.min(z, FARTHEST);
    DoubleUnaryOperator logDensity = u -> a * u - (a + b) * softplus(u);
    DoubleUnaryOperator logProduct =
        u -> logDensity.applyAsDouble(u) + logCount(shape, ahead, u - softplus(u));
    TrapezoidalRule rule =
        new TrapezoidalRule(
            0.15 * Math.min(1, Math.sqrt(1 / a + 1 / b)),
            new TrapezoidalRule.Tail(-40 - StrictMath.log(1 + a + b + shape * ahead), a),
            new TrapezoidalRule.Tail(40 + StrictMath.log(1 + a + b + shape), b));
    return rule.ratio(logProduct, logDensity);
  }

  /** log((1 - (1 + p z)^-shape) / p) from log p. */
  private static double logCount(double shape, double z, double logP) {
    double p = StrictMath.exp(logP);
    double reached = -StrictMath.expm1(-shape * StrictMath.log1p(p * z));
    return StrictMath.log(reached) - logP;
  }

  /** log(1 + e^u). */
  private static double softplus(double u) {
    return Math.max(u, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(u)));
  }
}
