package org.tallykeep.models;

import org.tallykeep.models.optimise.Minimisation;
import org.tallykeep.models.optimise.Objective;
import org.tallykeep.models.optimise.QuasiNewton;
import org.tallykeep.models.optimise.SoftBox;

/**
 * Maximum likelihood for BG/NBD: the mean log-likelihood over the logarithms of the parameters,
 * which keeps them positive and makes the stopping rule mean the same for any number of customers.
 */
final class BgNbdFit {

  /** Drop-out seldom, middling, often: the first that leads to a maximum is taken. */
  private static final double[][] STARTS = {{0.5, 0.7, 2.5}, {1, 0.1, 5}, {0.2, 2, 2}};

  /**
   * When customers are all alike, or never stop, the likelihood rises for ever towards a limit: of
   * purchase rates that are one number, say. Beyond this factor the limit is reached for any
   * purpose, and far beyond it the digits of the likelihood are gone.
   */
  private static final double REACH = 10;

  private BgNbdFit() {}

  static FitOutcome<BgNbd> fit(BuyingSummary customers) {
    if (customers.totalAge() == 0) {
      return new FitOutcome.NotFitted<>(
          FitOutcome.Reason.NOTHING_OBSERVED,
          "No customer has been observed for a day after the first purchase.");
    }
    if (customers.repeatPurchases() == 0) {
      return new FitOutcome.NotFitted<>(
          FitOutcome.Reason.NO_REPEAT_PURCHASES, "No customer has bought on a second day.");
    }
    BgNbdLikelihood likelihood = new BgNbdLikelihood(customers);
    double weeksPerPurchase = customers.totalAge() / customers.repeatPurchases();
    SoftBox objective =
        new SoftBox(
            objective(likelihood, customers.customers()),
            new double[] {0, StrictMath.log(weeksPerPurchase), 0, 0},
            // alpha goes along with r, whose reach it must not cut short.
            new double[] {REACH, 1.5 * REACH, REACH, REACH});
    int evaluations = 0;
    String why = "";
    for (double[] start : STARTS) {
      double[] logarithms = {
        StrictMath.log(start[0]),
        StrictMath.log(start[0] * weeksPerPurchase),
        StrictMath.log(start[1]),
        StrictMath.log(start[2])
      };
      switch (QuasiNewton.minimise(objective, logarithms)) {
        case Minimisation.Converged found -> {
          return fitted(customers, found, objective, evaluations + found.evaluations());
        }
        case Minimisation.Stopped stopped -> {
          evaluations += stopped.evaluations();
          why = stopped.reason().name() + ", slope " + stopped.gradientNorm();
        }
      }
    }
    return new FitOutcome.NotFitted<>(
        FitOutcome.Reason.NO_MAXIMUM_FOUND,
        "The search for the most likely parameters ended without a maximum (" + why + ").");
  }

  private static FitOutcome<BgNbd> fitted(
      BuyingSummary customers, Minimisation.Converged found, SoftBox box, int evaluations) {
    BgNbd model = model(found.point());
    return new FitOutcome.Fitted<>(
        model,
        model.logLikelihood(customers),
        found.gradientNorm(),
        box.contains(found.point()) ? found.condition() : Double.POSITIVE_INFINITY,
        evaluations);
  }

  private static Objective objective(BgNbdLikelihood likelihood, long customers) {
    return (at, gradient) -> {
      BgNbd model = model(at);
      double value = likelihood.evaluate(model, gradient);
      double[] parameters = {model.r(), model.alpha(), model.a(), model.b()};
      for (int i = 0; i < 4; i++) {
        gradient[i] *= -parameters[i] / customers;
      }
      return -value / customers;
    };
  }

  private static BgNbd model(double[] logarithms) {
    return new BgNbd(
        StrictMath.exp(logarithms[0]),
        StrictMath.exp(logarithms[1]),
        StrictMath.exp(logarithms[2]),
        StrictMath.exp(logarithms[3]));
  }
}
