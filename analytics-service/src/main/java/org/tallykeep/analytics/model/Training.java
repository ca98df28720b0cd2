package org.tallykeep.analytics.model;

import java.time.LocalDate;
import org.tallykeep.models.BuyingSummary;
import org.tallykeep.models.FitOutcome;
import org.tallykeep.models.PurchaseModel;

/** What came of fitting the histories up to a day. */
public sealed interface Training {

  /** The customers it was done for: those whose first purchase is on or before the day. */
  BuyingSummary customers();

  /** The end of the observation. */
  LocalDate until();

  /** There is a model. */
  record Trained(
      BuyingSummary customers,
      LocalDate until,
      String modelVersion,
      FitOutcome.Fitted<? extends PurchaseModel> fit)
      implements Training {}

  /** There is none, and why. */
  record TooLittle(BuyingSummary customers, LocalDate until, String reason) implements Training {}
}
