package org.tallykeep.models;

import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.continuous.GammaDistribution;

/** Customers who do exactly what BG/NBD says, from a seed. */
final class SimulatedCustomers {

  private SimulatedCustomers() {}

  static BuyingSummary.Builder of(BgNbd truth, int customers, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GammaDistribution rates = new GammaDistribution(truth.r(), 1 / truth.alpha());
    BetaDistribution stops = new BetaDistribution(truth.a(), truth.b());
    BuyingSummary.Builder builder = BuyingSummary.ofDays();
    for (int i = 0; i < customers; i++) {
      double rate = rates.inverseCumulativeProbability(random.nextDouble());
      double stop = stops.inverseCumulativeProbability(random.nextDouble());
      int age = 200 + random.nextInt(400);
      int x = 0;
      int last = 0;
      double time = -7 / rate * Math.log(random.nextDouble());
      while (time < age) {
        if ((int) Math.ceil(time) > last) {
          last = (int) Math.ceil(time);
          x++;
        }
        if (random.nextDouble() < stop) {
          break;
        }
        time -= 7 / rate * Math.log(random.nextDouble());
      }
      builder.add(x, last, age);
    }
    return builder;
  }
}
