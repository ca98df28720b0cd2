package org.tallykeep.analytics.model;

import org.tallykeep.analytics.platform.AnalyticsProblem;
import org.tallykeep.models.PurchaseDays;

/** A number of days ahead that a prediction makes sense for. */
public record Horizon(int days) {

  /** Ten years: beyond, every assumption of the models is gone. */
  public static final int MOST_DAYS = 3650;

  /**
   * @throws AnalyticsProblem.Senseless below one day and above ten years
   */
  public Horizon {
    if (days < 1 || days > MOST_DAYS) {
      throw new AnalyticsProblem.Senseless(
          "horizon-out-of-range", "horizonDays must be from 1 to " + MOST_DAYS + ".");
    }
  }

  /** In the models' unit of time. */
  public double weeks() {
    return PurchaseDays.inWeeks(days);
  }
}
