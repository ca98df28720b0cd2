package org.tallykeep.models.optimise;

import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealVector;

/**
 * Newton steps from a point near a minimum, with the matrix of second derivatives taken as central
 * differences of the gradient. Directions that the function leaves undetermined are left alone.
 */
final class NewtonPolish {

  private static final double DIFFERENCE = 1e-4;
  private static final double FLAT = 1e-10;
  private static final double FINISHED = 1e-12;
  private static final int MAX_STEPS = 8;
  private static final int MAX_CURVATURES = 4;

  private final Objective objective;
  private double condition = Double.POSITIVE_INFINITY;
  private int evaluations;

  NewtonPolish(Objective objective) {
    this.objective = objective;
  }

  /** Largest over smallest curvature at the point reached; infinite when one is not positive. */
  double condition() {
    return condition;
  }

  int evaluations() {
    return evaluations;
  }

  Position from(Position start) {
    Position best = start;
    for (int round = 0; round < MAX_CURVATURES; round++) {
      EigenDecompositionSymmetric curvature = curvature(best.point());
      double[] eigenvalues = curvature.getEigenvalues();
      double smallest = eigenvalues[eigenvalues.length - 1];
      condition = smallest > 0 ? eigenvalues[0] / smallest : Double.POSITIVE_INFINITY;
      Position reached = descend(best, curvature);
      if (reached == best || reached.gradientNorm() <= FINISHED) {
        return reached;
      }
      best = reached;
    }
    return best;
  }

  /** Steps with one curvature, as long as they help. */
  private Position descend(Position start, EigenDecompositionSymmetric curvature) {
    Position best = start;
    for (int i = 0; i < MAX_STEPS && best.gradientNorm() > FINISHED; i++) {
      Position next = evaluate(Vectors.along(best.point(), -1, step(curvature, best.gradient())));
      if (!(next.isFinite() && next.gradientNorm() < best.gradientNorm())) {
        break;
      }
      best = next;
    }
    return best;
  }

  private static double[] step(EigenDecompositionSymmetric curvature, double[] gradient) {
    double[] eigenvalues = curvature.getEigenvalues();
    double[] step = new double[gradient.length];
    for (int i = 0; i < eigenvalues.length; i++) {
      if (eigenvalues[i] > FLAT * eigenvalues[0]) {
        RealVector axis = curvature.getEigenvector(i);
        double length = Vectors.dot(axis.toArray(), gradient) / eigenvalues[i];
        for (int j = 0; j < step.length; j++) {
          step[j] += length * axis.getEntry(j);
        }
      }
    }
    double longest = Vectors.norm(step);
    double scale = longest > 0.5 ? 0.5 / longest : 1;
    for (int j = 0; j < step.length; j++) {
      step[j] *= scale;
    }
    return step;
  }

  private EigenDecompositionSymmetric curvature(double[] point) {
    int n = point.length;
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      double[] ahead = evaluate(Vectors.along(point, DIFFERENCE, unit)).gradient();
      double[] behind = evaluate(Vectors.along(point, -DIFFERENCE, unit)).gradient();
      for (int j = 0; j < n; j++) {
        double second = (ahead[j] - behind[j]) / (2 * DIFFERENCE);
        matrix[i][j] += second / 2;
        matrix[j][i] += second / 2;
      }
    }
    return new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(matrix));
  }

  private Position evaluate(double[] point) {
    double[] gradient = new double[point.length];
    double value = objective.evaluate(point, gradient);
    evaluations++;
    return new Position(point, value, gradient, 0, 0);
  }
}
