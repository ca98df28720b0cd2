package org.tallykeep.simulator;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What all households do, in the order of time, without holding what all of them do.
 *
 * <p>Time is cut into windows of days with some hundred thousand moments each. For a window every
 * life is lived again up to its end (cheap: times only), the moments inside are sorted as packed
 * longs, and baskets are filled as the caller takes them. Memory is one window's longs; the price
 * is living each life once a window.
 */
final class TimeOrder {

  private static final int MOMENTS_PER_WINDOW = 1 << 20;
  private static final int MAX_WINDOW_DAYS = 32;
  private static final int SECOND_BITS = 17;
  private static final int HOUSEHOLD_BITS = 24;
  private static final int SEQUENCE_BITS = 16;

  /** Turns a moment into what happened. */
  interface Narrator {
    Transaction tell(int household, int day, int secondOfDay, boolean isReturn, int sequence);
  }

  private final Life life;
  private final int households;
  private final int days;
  private final int windowDays;

  TimeOrder(Life life, RetailerParameters parameters) {
    this.life = life;
    this.households = parameters.households();
    this.days = parameters.days();
    double perDay = households * (parameters.behaviour().purchasesPerYear() + 1) / 365;
    this.windowDays =
        (int) StrictMath.max(1, StrictMath.min(MAX_WINDOW_DAYS, MOMENTS_PER_WINDOW / perDay));
  }

  Stream<Transaction> tell(Narrator narrator) {
    int windows = (days + windowDays - 1) / windowDays;
    return IntStream.range(0, windows)
        .map(window -> window * windowDays)
        .boxed()
        .flatMap(from -> LongStream.of(moments(from)).mapToObj(m -> unpack(from, m, narrator)));
  }

  private long[] moments(int fromDay) {
    Window window = new Window(fromDay);
    int endDay = StrictMath.min(days, fromDay + windowDays);
    for (int household = 0; household < households; household++) {
      window.household = household;
      life.until(endDay, household, window);
    }
    return window.sorted();
  }

  private static Transaction unpack(int fromDay, long moment, Narrator narrator) {
    boolean isReturn = (moment & 1) != 0;
    int sequence = (int) (moment >>> 1) & ((1 << SEQUENCE_BITS) - 1);
    int household = (int) (moment >>> (1 + SEQUENCE_BITS)) & ((1 << HOUSEHOLD_BITS) - 1);
    long time = moment >>> (1 + SEQUENCE_BITS + HOUSEHOLD_BITS);
    int second = (int) time & ((1 << SECOND_BITS) - 1);
    int day = fromDay + (int) (time >>> SECOND_BITS);
    return narrator.tell(household, day, second, isReturn, sequence);
  }

  /** Collects the moments of one window: time, household, sequence, kind, from high bits to low. */
  private static final class Window implements Life.Moments {
    private final int fromDay;
    private int household;
    private long[] moments = new long[1024];
    private int count;

    Window(int fromDay) {
      this.fromDay = fromDay;
    }

    @Override
    public void at(int day, int secondOfDay, boolean isReturn, int sequence) {
      if (day < fromDay) {
        return;
      }
      if (sequence >= 1 << SEQUENCE_BITS) {
        throw new IllegalStateException("a household with more than 65,535 purchases");
      }
      if (count == moments.length) {
        moments = Arrays.copyOf(moments, count * 2);
      }
      long time = ((long) (day - fromDay) << SECOND_BITS) | secondOfDay;
      long who = (time << HOUSEHOLD_BITS) | household;
      moments[count++] = (((who << SEQUENCE_BITS) | sequence) << 1) | (isReturn ? 1 : 0);
    }

    long[] sorted() {
      Arrays.sort(moments, 0, count);
      return Arrays.copyOf(moments, count);
    }
  }
}
