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

  /**
   * Newton steps take every determined direction far below this. Along one that the function leaves
   * open, such as towards ever more alike customers, it may fall for ever by less and less: what is
   * left to gain there is nothing, and the condition tells.
   */
  private static final double CONVERGED = 1e-6;

  /** Steps are taken in logarithms of parameters: one step changes none by more than e^2. */
  private static final double LONGEST_STEP = 2;

  private static final double BOX = 25;

  /** From here on Newton steps are tried, and again after so many more iterations. */
  private static final double NEAR = 1e-4;

  private static final int BETWEEN_TRIES = 20;

  private final Objective objective;
  private int evaluations;

  private QuasiNewton(Objective objective) {
    this.objective = objective;
  }

  /** Searches from a start within the box of +-25 (the arguments are logarithms, usually). */
  public static Minimisation minimise(Objective objective, double[] start) {
    return new QuasiNewton(objective).from(start);
  }

  private Minimisation from(double[] start) {
    Position here = evaluate(start);
    if (!here.isFinite()) {
      return new Minimisation.Stopped(
          Minimisation.Reason.START_OUTSIDE_DOMAIN, Double.NaN, evaluations);
    }
    double[][] inverse = scaledIdentity(start.length, 1);
    boolean fresh = true;
    int nextTry = 0;
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      if (here.gradientNorm() <= NEAR && iteration >= nextTry) {
        NewtonPolish polish = new NewtonPolish(objective);
        here = polish.from(here);
        evaluations += polish.evaluations();
        if (here.gradientNorm() <= CONVERGED) {
          return new Minimisation.Converged(
              here.point(), here.value(), here.gradientNorm(), polish.condition(), evaluations);
        }
        nextTry = iteration + BETWEEN_TRIES;
        fresh = true;
      }
      if (Vectors.norm(here.point()) > BOX) {
        return stopped(Minimisation.Reason.NO_MINIMUM_INSIDE, here);
      }
      if (fresh) {
        inverse = scaledIdentity(start.length, 1);
      }
      Position next = step(here, descent(inverse, here.gradient()), fresh);
      if (next == null) {
        if (fresh) {
          return stopped(Minimisation.Reason.NO_PROGRESS, here);
        }
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
    return stopped(Minimisation.Reason.ITERATION_LIMIT, here);
  }

  private Position evaluate(double[] at) {
    double[] gradient = new double[at.length];
    double value = objective.evaluate(at.clone(), gradient);
    evaluations++;
    return new Position(at.clone(), value, gradient, 0, 0);
  }

  private @Nullable Position step(Position here, double[] direction, boolean first) {
    double length = Vectors.norm(direction);
    LineSearch line = new LineSearch(objective, here, direction);
    Position next = line.search(first ? Math.min(1, 0.5 / length) : 1, LONGEST_STEP / length);
    evaluations += line.evaluations();
    return next;
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

  private Minimisation stopped(Minimisation.Reason why, Position here) {
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
