package org.tallykeep.simulator;

import java.time.LocalDate;

/**
 * How busy the shop is, day by day and within a day: two harmonics of the year, a peak before
 * Christmas, a profile of the week (multiplied, as in classical decomposition: Persons, 1919), a
 * quiet Christmas Day.
 */
final class Season {

  /** Monday to Sunday; the mean is one. */
  private static final double[] WEEK = {0.84, 0.82, 0.88, 0.96, 1.16, 1.42, 0.92};

  /** Share of a day's customers by the hour the doors are open, from 8 to 21. */
  private static final double[] HOURS = {2, 4, 6, 7, 8, 7, 6, 6, 8, 10, 11, 9, 6, 3};

  private static final int OPENS = 8;
  private static final double DAYS_OF_YEAR = 365.25;

  private final double[] byDay;
  private final double highest;
  private final double[] hourEnds;

  Season(LocalDate start, int days) {
    byDay = new double[days];
    double max = 0;
    for (int day = 0; day < days; day++) {
      byDay[day] = intensity(start.plusDays(day));
      max = StrictMath.max(max, byDay[day]);
    }
    highest = max;
    hourEnds = shares(HOURS);
  }

  /** The factor on the rate of purchases on a day since the start; near one on average. */
  double on(int day) {
    return byDay[day];
  }

  /** The largest factor of the whole time, for thinning. */
  double highest() {
    return highest;
  }

  /**
   * The second of the day at which the given share of a day's customers has come. Monotone, so that
   * what is in order by share is in order by the clock.
   */
  int secondOfDay(double share) {
    int hour = 0;
    while (hourEnds[hour] < share && hour < hourEnds.length - 1) {
      hour++;
    }
    double begin = hour == 0 ? 0 : hourEnds[hour - 1];
    double within = (share - begin) / (hourEnds[hour] - begin);
    return (OPENS + hour) * 3600 + (int) StrictMath.min(3599, within * 3600);
  }

  /** A wave through the year with its peak at the given day of the year. */
  static double yearly(LocalDate date, double peakDay, double amplitude) {
    return 1 + amplitude * StrictMath.cos(angle(date.getDayOfYear() - peakDay));
  }

  private static double intensity(LocalDate date) {
    int dayOfYear = date.getDayOfYear();
    double waves =
        1
            + 0.10 * StrictMath.cos(angle(dayOfYear - 340.0))
            + 0.05 * StrictMath.cos(2 * angle(dayOfYear - 175.0));
    double distance = (dayOfYear - 350) / 9.0;
    double christmas = 0.55 * StrictMath.exp(-distance * distance / 2);
    boolean quiet = date.getMonthValue() == 12 && date.getDayOfMonth() == 25;
    return (waves + christmas) * WEEK[date.getDayOfWeek().getValue() - 1] * (quiet ? 0.05 : 1);
  }

  private static double angle(double days) {
    return 2 * StrictMath.PI * days / DAYS_OF_YEAR;
  }

  private static double[] shares(double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double[] ends = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      ends[i] = sum / total;
    }
    return ends;
  }
}
