package org.tallykeep.simulator;

import java.util.random.RandomGenerator;
import org.tallykeep.simulator.RandomStreams.Aspect;
import org.tallykeep.simulator.RetailerParameters.Behaviour;

/**
 * When a household comes to the till.
 *
 * <p>It becomes a customer by its first purchase: a founding share in the first eighth of the time
 * (at most sixty days), the others over all of it. Then purchases follow a Poisson process whose
 * rate is gamma distributed over households (Ehrenberg, 1959), made seasonal by thinning (Lewis and
 * Shedler, 1979), until the household leaves for good: after each purchase with a chance that is
 * beta distributed over households (Fader, Hardie and Lee, 2005). The times of all this are one
 * stream of random numbers, apart from what is in the baskets, so they can be had without the
 * baskets.
 */
final class Life {

  private static final double RETURN_AFTER_AT_LEAST = 2;
  private static final double RETURN_AFTER_FURTHER = 7;
  private static final double DAYS_OF_YEAR = 365.25;

  /** Told about each moment; purchases come in the order of time, a return right after its own. */
  interface Moments {
    /**
     * @param day since the start of trading
     * @param sequence number of the purchase among the household's, from 0; a return bears that of
     *     the purchase it belongs to
     */
    void at(int day, int secondOfDay, boolean isReturn, int sequence);
  }

  private final RandomStreams streams;
  private final Behaviour behaviour;
  private final Season season;
  private final int days;

  Life(RandomStreams streams, RetailerParameters parameters, Season season) {
    this.streams = streams;
    this.behaviour = parameters.behaviour();
    this.season = season;
    this.days = parameters.days();
  }

  /** Tells what a household does before the given day; the same whatever the day is. */
  void until(int endDay, int household, Moments moments) {
    RandomGenerator random = streams.of(Aspect.LIFE, household, 0);
    double shape = behaviour.rateShape();
    double perDay =
        Draws.gamma(random, shape) / shape * behaviour.purchasesPerYear() / DAYS_OF_YEAR;
    double leaves = Draws.beta(random, behaviour.dropoutA(), behaviour.dropoutB());
    double time = arrival(random);
    double end = StrictMath.min(endDay, days);
    for (int sequence = 0; time < end; sequence++) {
      int day = (int) time;
      moments.at(day, season.secondOfDay(time - day), false, sequence);
      broughtBack(random, day, sequence, end, moments);
      if (random.nextDouble() < leaves) {
        return;
      }
      time = nextVisit(random, time, perDay);
    }
  }

  private double arrival(RandomGenerator random) {
    boolean founding = random.nextDouble() < behaviour.foundingShare();
    double span = founding ? StrictMath.min(60, days / 8.0) : days;
    while (true) {
      double time = random.nextDouble() * StrictMath.max(1, span);
      if (random.nextDouble() * season.highest() < season.on((int) time)) {
        return time;
      }
    }
  }

  private double nextVisit(RandomGenerator random, double after, double perDay) {
    double time = after;
    while (true) {
      time += Draws.exponential(random) / (perDay * season.highest());
      if (time >= days || random.nextDouble() * season.highest() < season.on((int) time)) {
        return time;
      }
    }
  }

  private void broughtBack(
      RandomGenerator random, int day, int sequence, double end, Moments moments) {
    if (random.nextDouble() >= behaviour.returnShare()) {
      return;
    }
    double delay = RETURN_AFTER_AT_LEAST + RETURN_AFTER_FURTHER * Draws.exponential(random);
    double share = random.nextDouble();
    if (day + delay < end) {
      moments.at((int) (day + delay), season.secondOfDay(share), true, sequence);
    }
  }
}
