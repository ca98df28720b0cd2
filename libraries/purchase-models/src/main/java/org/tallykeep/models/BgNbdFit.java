package org.tallykeep.models;

import org.tallykeep.models.optimise.Minimisation;
import org.tallykeep.models.optimise.Objective;
import org.tallykeep.models.optimise.QuasiNewton;

/**
 * Maximum likelihood for BG/NBD: the mean log-likelihood over the logarithms of the parameters,
 * which keeps them positive and makes the stopping rule mean the same for any number of customers.
 */
final class BgNbdFit {

  /** Drop-out seldom, middling, often: the first that leads to a maximum is taken. */
  private static final double[][] STARTS = {{0.5, 0.7, 2.5}, {1, 0.1, 5}, {0.2, 2, 2}};

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
    Objective objective = objective(likelihood, customers.customers());
    double weeksPerPurchase = customers.totalAge() / customers.repeatPurchases();
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
          return new FitOutcome.Fitted<>(
              model(found.point()),
              -found.value() * customers.customers(),
              found.gradientNorm(),
              found.condition(),
              evaluations + found.evaluations());
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
