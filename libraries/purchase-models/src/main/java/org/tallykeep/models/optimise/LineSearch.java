package org.tallykeep.models.optimise;

import org.jspecify.annotations.Nullable;

/**
 * Finds a step along a direction of descent that meets the strong Wolfe conditions (Nocedal and
 * Wright 2006, algorithms 3.5 and 3.6): the function falls and the slope flattens, by which the
 * approximation of the curvature stays positive definite.
 */
final class LineSearch {

  private static final double DECREASE = 1e-4;
  private static final double FLATTENING = 0.9;
  private static final int MAX_TRIALS = 40;

  /** Near the minimum differences of values are rounding; this much of one is not a rise. */
  private static final double ROUNDING = 1e-14;

  private final Objective objective;
  private final Position start;
  private final double[] direction;
  private final double allowance;
  private int evaluations;

  LineSearch(Objective objective, Position start, double[] direction) {
    this.objective = objective;
    this.start = start;
    this.direction = direction;
    this.allowance = ROUNDING * Math.abs(start.value());
  }

  int evaluations() {
    return evaluations;
  }

  /** The position reached, or null when there is none that is better. */
  @Nullable Position search(double firstStep, double maxStep) {
    double slope = Vectors.dot(start.gradient(), direction);
    Position previous = new Position(start.point(), start.value(), start.gradient(), 0, slope);
    double step = Math.min(firstStep, maxStep);
    for (int trial = 0; trial < MAX_TRIALS; trial++) {
      Position here = at(step);
      if (!here.isFinite()) {
        step = (previous.step() + step) / 2;
        continue;
      }
      if (tooHigh(here, slope) || (trial > 0 && here.value() >= previous.value() + allowance)) {
        return zoom(previous, here, slope);
      }
      if (Math.abs(here.slope()) <= -FLATTENING * slope) {
        return here;
      }
      if (here.slope() >= 0) {
        return zoom(here, previous, slope);
      }
      if (step == maxStep) {
        return here;
      }
      previous = here;
      step = Math.min(2 * step, maxStep);
    }
    return previous.step() > 0 ? previous : null;
  }

  private @Nullable Position zoom(Position low, Position high, double slope) {
    for (int trial = 0; trial < MAX_TRIALS; trial++) {
      Position here = at(between(low, high));
      if (!here.isFinite() || tooHigh(here, slope) || here.value() > low.value() + allowance) {
        high = here;
      } else {
        if (Math.abs(here.slope()) <= -FLATTENING * slope) {
          return here;
        }
        if (here.slope() * (high.step() - low.step()) >= 0) {
          high = low;
        }
        low = here;
      }
      if (Math.abs(high.step() - low.step()) <= 1e-12 * Math.max(1e-3, low.step())) {
        break;
      }
    }
    return low.step() > 0 ? low : null;
  }

  /** The minimum of the cubic through both ends, kept off them; else the middle. */
  private static double between(Position low, Position high) {
    double width = high.step() - low.step();
    double middle = low.step() + width / 2;
    if (!high.isFinite()) {
      return middle;
    }
    double d1 = low.slope() + high.slope() - 3 * (low.value() - high.value()) / -width;
    double square = d1 * d1 - low.slope() * high.slope();
    if (!(square >= 0)) {
      return middle;
    }
    double d2 = Math.signum(width) * Math.sqrt(square);
    double step =
        high.step() - width * (high.slope() + d2 - d1) / (high.slope() - low.slope() + 2 * d2);
    double share = (step - low.step()) / width;
    return share > 0.1 && share < 0.9 ? step : middle;
  }

  private boolean tooHigh(Position here, double slope) {
    return here.value() > start.value() + DECREASE * here.step() * slope + allowance;
  }

  private Position at(double step) {
    double[] point = Vectors.along(start.point(), step, direction);
    double[] gradient = new double[point.length];
    double value = objective.evaluate(point, gradient);
    evaluations++;
    return new Position(point, value, gradient, step, Vectors.dot(gradient, direction));
  }
}
