package org.tallykeep.models;

import java.util.function.DoubleUnaryOperator;

/**
 * Integrals over the whole line of functions with a single peak that decay exponentially on both
 * sides, given by their logarithms so that neither end underflows.
 */
final class TrapezoidalRule {

  /** What lies this far below the peak, in logarithms, does not count. */
  private static final double DEPTH = 45;

  /** The peak of a function of a logit of a double lies within these bounds. */
  private static final double FARTHEST_PEAK = 760;

  private TrapezoidalRule() {}

  /** The integral of exp(numerator) over that of exp(denominator), both on one grid. */
  static double ratio(DoubleUnaryOperator numerator, DoubleUnaryOperator denominator, double step) {
    double upper = peak(numerator);
    double lower = peak(denominator);
    double top = numerator.applyAsDouble(upper);
    double base = denominator.applyAsDouble(lower);
    double from = Math.min(end(numerator, upper, top, -step), end(denominator, lower, base, -step));
    double to = Math.max(end(numerator, upper, top, step), end(denominator, lower, base, step));
    long nodes = (long) Math.ceil((to - from) / step);
    double above = 0;
    double below = 0;
    for (long i = 0; i <= nodes; i++) {
      double u = from + i * step;
      above += StrictMath.exp(numerator.applyAsDouble(u) - top);
      below += StrictMath.exp(denominator.applyAsDouble(u) - base);
    }
    return above / below * StrictMath.exp(top - base);
  }

  /** Ternary search; its precision is of no consequence. */
  private static double peak(DoubleUnaryOperator function) {
    double low = -FARTHEST_PEAK;
    double high = FARTHEST_PEAK;
    while (high - low > 1e-3) {
      double third = (high - low) / 3;
      if (function.applyAsDouble(low + third) < function.applyAsDouble(high - third)) {
        low += third;
      } else {
        high -= third;
      }
    }
    return (low + high) / 2;
  }

  private static double end(DoubleUnaryOperator function, double peak, double top, double step) {
    double distance = step;
    while (function.applyAsDouble(peak + distance) > top - DEPTH) {
      distance *= 1.25;
    }
    return peak + distance;
  }
}
