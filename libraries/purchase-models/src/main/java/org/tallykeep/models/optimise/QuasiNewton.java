package org.tallykeep.models.optimise;

import org.jspecify.annotations.Nullable;

/**
 * BFGS with a strong Wolfe line search (Nocedal and Wright 2006, algorithm 6.1), then Newton steps
 * with the curvature measured at the point reached, which give the last digits and the condition.
 *
 * <p>Written here because the libraries at hand do not have it: Hipparchus 4.0.3 and Commons Math
 * offer conjugate gradients, least squares, simplex methods and constrained sequential quadratic
 * programming, none of which reports the gradient it stopped at.
 */
public final class QuasiNewton {

  private static final int MAX_ITERATIONS = 500;
  private static final double GOOD_ENOUGH_TO_POLISH = 1e-6;
  private static final double CONVERGED = 1e-8;

  /** Steps are taken in logarithms of parameters: one step changes none by more than e^2. */
  private static final double LONGEST_STEP = 2;

  private static final double BOX = 25;

  private QuasiNewton() {}

  /** Searches from a start within the box of +-25 (the arguments are logarithms, usually). */
  public static Minimisation minimise(Objective objective, double[] start) {
    double[] gradient = new double[start.length];
    double value = objective.evaluate(start.clone(), gradient);
    Position here = new Position(start.clone(), value, gradient, 0, 0);
    int evaluations = 1;
    if (!here.isFinite()) {
      return new Minimisation.Stopped(
          Minimisation.Reason.START_OUTSIDE_DOMAIN, Double.NaN, evaluations);
    }
    double[][] inverse = scaledIdentity(start.length, 1);
    boolean fresh = true;
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      if (here.gradientNorm() <= GOOD_ENOUGH_TO_POLISH) {
        return finish(objective, here, evaluations);
      }
      if (Vectors.norm(here.point()) > BOX) {
        return stopped(Minimisation.Reason.NO_MINIMUM_INSIDE, here, evaluations);
      }
      double[] direction = descent(inverse, here.gradient());
      double length = Vectors.norm(direction);
      double first = fresh ? Math.min(1, 0.5 / length) : 1;
      LineSearch line = new LineSearch(objective, here, direction);
      @Nullable Position next = line.search(first, LONGEST_STEP / length);
      evaluations += line.evaluations();
      if (next == null) {
        if (fresh) {
          return here.gradientNorm() <= 1e-4
              ? finish(objective, here, evaluations)
              : stopped(Minimisation.Reason.NO_PROGRESS, here, evaluations);
        }
        inverse = scaledIdentity(start.length, 1);
        fresh = true;
        continue;
      }
      double[] moved = Vectors.difference(next.point(), here.point());
      double[] turned = Vectors.difference(next.gradient(), here.gradient());
      double curvature = Vectors.dot(moved, turned);
      if (curvature > 0) {
        if (fresh) {
          inverse = scaledIdentity(start.length, curvature / Vectors.dot(turned, turned));
        }
        inverse = updated(inverse, moved, turned, curvature);
        fresh = false;
      }
      here = next;
    }
    return stopped(Minimisation.Reason.ITERATION_LIMIT, here, evaluations);
  }

  /** The quasi-Newton step, shortened to the longest allowed. */
  private static double[] descent(double[][] inverse, double[] gradient) {
    double[] direction = Vectors.times(inverse, gradient);
    double scale = -Math.min(1, LONGEST_STEP / Vectors.norm(direction));
    for (int i = 0; i < direction.length; i++) {
      direction[i] *= scale;
    }
    return direction;
  }

  private static Minimisation finish(Objective objective, Position reached, int evaluations) {
    NewtonPolish polish = new NewtonPolish(objective);
    Position best = polish.from(reached);
    int total = evaluations + polish.evaluations();
    if (best.gradientNorm() > CONVERGED) {
      return stopped(Minimisation.Reason.NO_PROGRESS, best, total);
    }
    return new Minimisation.Converged(
        best.point(), best.value(), best.gradientNorm(), polish.condition(), total);
  }

  private static Minimisation stopped(Minimisation.Reason why, Position here, int evaluations) {
    return new Minimisation.Stopped(why, here.gradientNorm(), evaluations);
  }

  /** Nocedal and Wright 2006, equation 6.17. */
  private static double[][] updated(
      double[][] inverse, double[] moved, double[] turned, double curvature) {
    int n = moved.length;
    double[] product = Vectors.times(inverse, turned);
    double scale = (1 + Vectors.dot(turned, product) / curvature) / curvature;
    double[][] next = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        next[i][j] =
            inverse[i][j]
                + scale * (moved[i] * moved[j])
                - (product[i] * moved[j] + moved[i] * product[j]) / curvature;
      }
    }
    return next;
  }

  private static double[][] scaledIdentity(int n, double scale) {
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = scale;
    }
    return matrix;
  }
}
