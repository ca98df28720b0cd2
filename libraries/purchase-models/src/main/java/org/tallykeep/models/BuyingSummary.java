package org.tallykeep.models;

import java.util.Arrays;

/**
 * The buying statistics of many customers, identical ones counted once, in sorted order.
 *
 * <p>A likelihood is a sum over customers that depends on their statistics alone, so a million
 * customers cost as much as their distinct (x, t_x, T); and as the groups are sorted, the sum is
 * the same to the last digit in whatever order the customers came.
 *
 * <p>Times are whole ticks (days, usually), which makes equality exact.
 */
public final class BuyingSummary {

  private static final int BITS = 21;
  private static final int LIMIT = (1 << BITS) - 1;

  private final int ticksPerWeek;
  private final int[] frequencies;
  private final int[] recencies;
  private final int[] ages;
  private final int[] counts;
  private final long customers;
  private final long repeatBuyers;
  private final long repeatPurchases;
  private final double totalAge;
  private final int maxFrequency;
  private final int maxAge;

  private BuyingSummary(int ticksPerWeek, long[] sortedKeys) {
    this.ticksPerWeek = ticksPerWeek;
    int distinct = 0;
    for (int i = 0; i < sortedKeys.length; i++) {
      if (i == 0 || sortedKeys[i] != sortedKeys[i - 1]) {
        distinct++;
      }
    }
    frequencies = new int[distinct];
    recencies = new int[distinct];
    ages = new int[distinct];
    counts = new int[distinct];
    int group = -1;
    for (int i = 0; i < sortedKeys.length; i++) {
      long key = sortedKeys[i];
      if (i == 0 || key != sortedKeys[i - 1]) {
        group++;
        frequencies[group] = (int) (key >>> (2 * BITS));
        recencies[group] = (int) (key >>> BITS) & LIMIT;
        ages[group] = (int) key & LIMIT;
      }
      counts[group]++;
    }
    customers = sortedKeys.length;
    long buyers = 0;
    long purchases = 0;
    long ticks = 0;
    int oldest = 0;
    for (int g = 0; g < distinct; g++) {
      buyers += frequencies[g] > 0 ? counts[g] : 0;
      purchases += (long) frequencies[g] * counts[g];
      ticks += (long) ages[g] * counts[g];
      oldest = Math.max(oldest, ages[g]);
    }
    repeatBuyers = buyers;
    repeatPurchases = purchases;
    totalAge = ticks / (double) ticksPerWeek;
    maxFrequency = distinct == 0 ? 0 : frequencies[distinct - 1];
    maxAge = oldest;
  }

  /** Collects customers whose times are whole days. */
  public static Builder ofDays() {
    return inTicks(PurchaseDays.DAYS_PER_WEEK);
  }

  /** Collects customers whose times are whole ticks, so many to a week. */
  public static Builder inTicks(int ticksPerWeek) {
    return new Builder(ticksPerWeek);
  }

  /** The number of customers. */
  public long customers() {
    return customers;
  }

  /** The number of customers who bought on more than one day. */
  public long repeatBuyers() {
    return repeatBuyers;
  }

  /** The sum of x over all customers. */
  public long repeatPurchases() {
    return repeatPurchases;
  }

  /** The sum of T over all customers, in weeks. */
  public double totalAge() {
    return totalAge;
  }

  /** The number of distinct (x, t_x, T). */
  public int groups() {
    return counts.length;
  }

  int ticksPerWeek() {
    return ticksPerWeek;
  }

  int maxFrequency() {
    return maxFrequency;
  }

  /** The largest T, in ticks. */
  int maxAge() {
    return maxAge;
  }

  int frequency(int group) {
    return frequencies[group];
  }

  /** t_x of a group, in ticks. */
  int recency(int group) {
    return recencies[group];
  }

  /** T of a group, in ticks. */
  int age(int group) {
    return ages[group];
  }

  int count(int group) {
    return counts[group];
  }

  /** Collects the statistics; the order of the calls does not matter. Not for several threads. */
  public static final class Builder {

    private final int ticksPerWeek;
    private long[] keys = new long[1024];
    private int size;

    private Builder(int ticksPerWeek) {
      if (ticksPerWeek <= 0) {
        throw new IllegalArgumentException("ticksPerWeek is not positive: " + ticksPerWeek);
      }
      this.ticksPerWeek = ticksPerWeek;
    }

    /**
     * Adds one customer: x, and t_x and T in ticks, under the conditions of {@link
     * BuyingStatistics} and each below 2^21.
     */
    public Builder add(int frequency, int recencyTicks, int ageTicks) {
      if (frequency < 0 || recencyTicks < 0 || recencyTicks > ageTicks) {
        throw new IllegalArgumentException("not 0 <= x, 0 <= t_x <= T");
      }
      if ((frequency == 0) != (recencyTicks == 0)) {
        throw new IllegalArgumentException("recency is 0 exactly when frequency is");
      }
      if (frequency > LIMIT || ageTicks > LIMIT) {
        throw new IllegalArgumentException("frequency or age above " + LIMIT);
      }
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, size * 2);
      }
      keys[size++] = ((long) frequency << (2 * BITS)) | ((long) recencyTicks << BITS) | ageTicks;
      return this;
    }

    /** The summary of what was added so far. */
    public BuyingSummary build() {
      long[] sorted = Arrays.copyOf(keys, size);
      Arrays.parallelSort(sorted);
      return new BuyingSummary(ticksPerWeek, sorted);
    }
  }
}
