package org.tallykeep.models;

/**
 * What came of fitting a model by maximum likelihood.
 *
 * @param <M> the model that was asked for
 */
public sealed interface FitOutcome<M extends PurchaseModel> {

  /**
   * The likelihood has a maximum and this is it.
   *
   * @param gradientNorm the largest slope of the mean log-likelihood left along the logarithm of a
   *     parameter
   * @param condition the ratio of the largest to the smallest curvature there; infinite when the
   *     data leave a direction undetermined. Predictions can be sound while single parameters are
   *     not: above some 1e8 do not interpret them one by one
   * @param evaluations how often the likelihood was evaluated
   */
  record Fitted<M extends PurchaseModel>(
      M model, double logLikelihood, double gradientNorm, double condition, int evaluations)
      implements FitOutcome<M> {}

  /** There is no fitted model, and why, in a sentence for the reader of a model card. */
  record NotFitted<M extends PurchaseModel>(Reason reason, String detail)
      implements FitOutcome<M> {}

  /** Why no model could be fitted. */
  enum Reason {
    /** Nobody has been observed for any time, or there is nobody. */
    NOTHING_OBSERVED,
    /** Nobody came back: the likelihood grows without end as the purchase rate goes to zero. */
    NO_REPEAT_PURCHASES,
    /** The search ended without a maximum. */
    NO_MAXIMUM_FOUND
  }
}
