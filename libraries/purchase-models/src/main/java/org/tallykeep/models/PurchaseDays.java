package org.tallykeep.models;

/**
 * Reads buying statistics and outcomes off the purchase days of one customer.
 *
 * <p>The days are the slice {@code [from, to)} of a column of epoch days: strictly increasing, so
 * that several orders on a day are already one purchase day. A slice, because a service keeps the
 * days of all customers in one array.
 */
public final class PurchaseDays {

  /** The models count time in weeks. */
  public static final int DAYS_PER_WEEK = 7;

  private PurchaseDays() {}

  /** The end of the part of {@code [from, to)} that is on or before the day {@code until}. */
  public static int endOfCalibration(int[] days, int from, int to, int until) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (days[middle] <= until) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Statistics as of the end of the day {@code until}.
   *
   * @throws IllegalArgumentException when nothing was bought on or before that day: such a person
   *     is not yet a customer, ask {@link #endOfCalibration} first
   */
  public static BuyingStatistics statistics(int[] days, int from, int to, int until) {
    int end = endOfCalibration(days, from, to, until);
    if (end == from) {
      throw new IllegalArgumentException("no purchase day on or before day " + until);
    }
    int first = days[from];
    return new BuyingStatistics(
        end - from - 1, inWeeks(days[end - 1] - first), inWeeks(until - first));
  }

  /**
   * The number of purchase days after {@code until}, up to and with {@code until + horizonDays}.
   */
  public static int countAfter(int[] days, int from, int to, int until, int horizonDays) {
    int start = endOfCalibration(days, from, to, until);
    return endOfCalibration(days, start, to, until + horizonDays) - start;
  }

  /** A number of days in the models' unit of time. */
  public static double inWeeks(int days) {
    return days / (double) DAYS_PER_WEEK;
  }
}
