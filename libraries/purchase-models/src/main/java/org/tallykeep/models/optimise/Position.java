package org.tallykeep.models.optimise;

/** A point with the value and gradient there, and where it lies on the line being searched. */
@SuppressWarnings("ArrayRecordComponent") // never leaves the package, never compared
record Position(double[] point, double value, double[] gradient, double step, double slope) {

  boolean isFinite() {
    if (!Double.isFinite(value)) {
      return false;
    }
    for (double g : gradient) {
      if (!Double.isFinite(g)) {
        return false;
      }
    }
    return true;
  }

  double gradientNorm() {
    double norm = 0;
    for (double g : gradient) {
      norm = Math.max(norm, Math.abs(g));
    }
    return norm;
  }
}
