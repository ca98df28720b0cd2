package org.tallykeep.models.optimise;

/** How a search for a minimum ended. The norms are the largest absolute component. */
public sealed interface Minimisation {

  /** A stationary point where no direction curves down. */
  @SuppressWarnings("ArrayRecordComponent") // read once by the fit that asked; never compared
  record Converged(
      double[] point, double value, double gradientNorm, double condition, int evaluations)
      implements Minimisation {}

  /** No such point was reached, and why. */
  record Stopped(Reason reason, double gradientNorm, int evaluations) implements Minimisation {}

  /** Why a search stopped without a minimum. */
  enum Reason {
    /** The function is not finite where the search was to start. */
    START_OUTSIDE_DOMAIN,
    /** The search followed the function out of the allowed box. */
    NO_MINIMUM_INSIDE,
    /** No step along the direction of descent made the function smaller. */
    NO_PROGRESS,
    /** Too many iterations. */
    ITERATION_LIMIT
  }
}
