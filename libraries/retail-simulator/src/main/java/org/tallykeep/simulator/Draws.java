package org.tallykeep.simulator;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws from the distributions of the process, made of {@code nextDouble} and {@link StrictMath}
 * only: the JDK leaves open how its own Gaussian and exponential draws are computed, and a later
 * one may give other bytes for the same seed.
 */
final class Draws {

  private Draws() {}

  static double exponential(RandomGenerator random) {
    return -StrictMath.log(1 - random.nextDouble());
  }

  /** Marsaglia's polar method; the second value of the pair is dropped so that no state is kept. */
  static double normal(RandomGenerator random) {
    while (true) {
      double u = 2 * random.nextDouble() - 1;
      double v = 2 * random.nextDouble() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }

  /** Gamma with the given shape and rate one (Marsaglia and Tsang, 2000). */
  static double gamma(RandomGenerator random, double shape) {
    if (shape < 1) {
      double boost = StrictMath.pow(1 - random.nextDouble(), 1 / shape);
      return gamma(random, shape + 1) * boost;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = normal(random);
      double v = 1 + c * x;
      if (v <= 0) {
        continue;
      }
      v = v * v * v;
      double u = 1 - random.nextDouble();
      if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return d * v;
      }
    }
  }

  static double beta(RandomGenerator random, double a, double b) {
    double x = gamma(random, a);
    double y = gamma(random, b);
    // Both can underflow to zero when a and b are tiny: then either end is as likely as its share.
    return x + y > 0 ? x / (x + y) : (random.nextDouble() < a / (a + b) ? 1 : 0);
  }

  /** Poisson by multiplying uniforms (Knuth): meant for means below some dozens. */
  static int poisson(RandomGenerator random, double mean) {
    double limit = StrictMath.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /** The index whose share of a cumulative sum the draw falls into. */
  static int weighted(RandomGenerator random, double[] cumulative) {
    double target = random.nextDouble() * cumulative[cumulative.length - 1];
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  static <T> T oneOf(RandomGenerator random, List<T> values) {
    return values.get((int) (random.nextDouble() * values.size()));
  }
}
