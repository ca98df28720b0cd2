package org.tallykeep.models.optimise;

/**
 * A function with a rising bowl put around a box: inside it is exactly itself, outside it grows, so
 * that one which only falls by less and less towards infinity has a minimum near the side it leaves
 * by. Smooth to the first derivative.
 */
public final class SoftBox implements Objective {

  private static final double STEEPNESS = 1e-3;

  private final Objective inside;
  private final double[] centre;
  private final double[] reach;

  /** The box of {@code centre} plus and minus {@code reach}. */
  public SoftBox(Objective inside, double[] centre, double[] reach) {
    this.inside = inside;
    this.centre = centre.clone();
    this.reach = reach.clone();
  }

  @Override
  public double evaluate(double[] at, double[] gradient) {
    double value = inside.evaluate(at, gradient);
    for (int i = 0; i < at.length; i++) {
      double beyond = beyond(at, i);
      value += STEEPNESS * beyond * beyond;
      gradient[i] += 2 * STEEPNESS * beyond;
    }
    return value;
  }

  /** Whether a point is in the box, where the function is itself. */
  public boolean contains(double[] point) {
    for (int i = 0; i < point.length; i++) {
      if (beyond(point, i) != 0) {
        return false;
      }
    }
    return true;
  }

  private double beyond(double[] at, int i) {
    double distance = at[i] - centre[i];
    return Math.signum(distance) * Math.max(0, Math.abs(distance) - reach[i]);
  }
}
