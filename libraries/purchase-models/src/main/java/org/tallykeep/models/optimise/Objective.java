package org.tallykeep.models.optimise;

/** A smooth function to be made small. */
@FunctionalInterface
public interface Objective {

  /**
   * The value at a point; writes the gradient there. May be infinite or NaN outside its domain,
   * which the search treats as too far.
   */
  double evaluate(double[] at, double[] gradient);
}
