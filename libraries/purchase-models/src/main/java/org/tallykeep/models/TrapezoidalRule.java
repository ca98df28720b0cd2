package org.tallykeep.models;

import java.util.function.DoubleUnaryOperator;

/**
 * Integrals over the whole line of functions with a single peak that end in exponentials on both
 * sides, given by their logarithms so that neither end underflows. Where a tail begins, the rest of
 * the nodes is a geometric series, however slowly it falls.
 *
 * @param step the distance of the nodes
 * @param left where exp(slope u) begins, going left
 * @param right where exp(-slope u) begins, going right
 */
record TrapezoidalRule(double step, Tail left, Tail right) {

  /** What lies this far below the peak, in logarithms, does not count. */
  private static final double DEPTH = 45;

  /** The beginning of a tail and the rate of its fall, above 0. */
  record Tail(double from, double slope) {
    /** The sum of all nodes beyond one, relative to that one. */
    double rest(double step) {
      return 1 / StrictMath.expm1(slope * step);
    }
  }

  /** The integral of exp(numerator) over that of exp(denominator), both on one grid. */
  double ratio(DoubleUnaryOperator numerator, DoubleUnaryOperator denominator) {
    double upper = peak(numerator);
    double lower = peak(denominator);
    double from = Math.min(end(numerator, upper, -step), end(denominator, lower, -step));
    double to = Math.max(end(numerator, upper, step), end(denominator, lower, step));
    double top = numerator.applyAsDouble(upper);
    double base = denominator.applyAsDouble(lower);
    long nodes = (long) Math.ceil((to - from) / step);
    double above = 0;
    double below = 0;
    for (long i = 0; i <= nodes; i++) {
      double u = from + i * step;
      double weight = 1;
      if (i == 0 && from <= left.from) {
        weight += left.rest(step);
      } else if (i == nodes && u >= right.from) {
        weight += right.rest(step);
      }
      above += weight * StrictMath.exp(numerator.applyAsDouble(u) - top);
      below += weight * StrictMath.exp(denominator.applyAsDouble(u) - base);
    }
    return above / below * StrictMath.exp(top - base);
  }

  /** Ternary search, well within the width of the peak. */
  private double peak(DoubleUnaryOperator function) {
    double low = left.from;
    double high = right.from;
    while (high - low > 0.1 * step) {
      double third = (high - low) / 3;
      if (function.applyAsDouble(low + third) < function.applyAsDouble(high - third)) {
        low += third;
      } else {
        high -= third;
      }
    }
    return (low + high) / 2;
  }

  /** Where the function is negligible, or its tail begins. */
  private double end(DoubleUnaryOperator function, double peak, double firstStep) {
    double negligible = function.applyAsDouble(peak) - DEPTH;
    double distance = firstStep;
    while (function.applyAsDouble(peak + distance) > negligible) {
      distance *= 1.25;
      if (peak + distance <= left.from) {
        return left.from;
      }
      if (peak + distance >= right.from) {
        return right.from;
      }
    }
    return peak + distance;
  }
}
