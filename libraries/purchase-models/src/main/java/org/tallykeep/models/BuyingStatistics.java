package org.tallykeep.models;

/**
 * All that the purchase models need to know of one customer, in weeks (Fader, Hardie and Lee 2005,
 * section 3). Several orders on one day are one purchase day.
 *
 * @param frequency x: the number of <em>repeat</em> purchase days, 0 or more
 * @param recency t_x: weeks from the first purchase day to the last one; 0 exactly when {@code
 *     frequency} is 0
 * @param age T: weeks from the first purchase day to the end of the observation; at least {@code
 *     recency}
 */
public record BuyingStatistics(int frequency, double recency, double age) {

  /** A customer seen for the first time at this moment. */
  public static final BuyingStatistics NEWCOMER = new BuyingStatistics(0, 0, 0);

  public BuyingStatistics {
    if (frequency < 0) {
      throw new IllegalArgumentException("frequency is negative: " + frequency);
    }
    if (!(recency >= 0 && age >= recency && age < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "0 <= recency <= age < infinity does not hold: recency " + recency + ", age " + age);
    }
    if ((frequency == 0) != (recency == 0)) {
      throw new IllegalArgumentException(
          "recency is 0 exactly when frequency is: frequency "
              + frequency
              + ", recency "
              + recency);
    }
  }
}
