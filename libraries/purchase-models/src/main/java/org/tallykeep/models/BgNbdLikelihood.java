package org.tallykeep.models;

/**
 * The log-likelihood of BG/NBD and its gradient, in log space (Fader, Hardie and Lee 2005, equation
 * 6, arranged as A1 + A2 + log(exp(A3) + exp(A4)) of their implementation note).
 *
 * <p>As x is a whole number, the ratios of Gamma and Beta functions are finite products: Gamma(r +
 * x) / Gamma(r) = r (r + 1) ... (r + x - 1). Their logarithms and derivatives are prefix sums over
 * 0 to the largest x, so that no special function is needed and x = 0 gives exactly 0. The
 * logarithms of alpha + time are taken once for each time that occurs.
 */
final class BgNbdLikelihood {

  private final BuyingSummary customers;
  private final long[] customersByFrequency;
  private final boolean[] timeOccurs;

  BgNbdLikelihood(BuyingSummary customers) {
    this.customers = customers;
    customersByFrequency = new long[customers.maxFrequency() + 1];
    timeOccurs = new boolean[customers.maxAge() + 1];
    for (int g = 0; g < customers.groups(); g++) {
      customersByFrequency[customers.frequency(g)] += customers.count(g);
      timeOccurs[customers.recency(g)] = true;
      timeOccurs[customers.age(g)] = true;
    }
  }

  /** The log-likelihood; its derivatives by r, alpha, a and b go to {@code gradient}. */
  double evaluate(BgNbd model, double[] gradient) {
    double[] frequencyPart = frequencyPart(model);
    double[] timePart = timePart(model);
    for (int i = 0; i < 4; i++) {
      gradient[i] = frequencyPart[i + 1] + timePart[i + 1];
    }
    return frequencyPart[0] + timePart[0];
  }

  /** A1 + A2, which depend on x alone. */
  private double[] frequencyPart(BgNbd model) {
    double r = model.r();
    double a = model.a();
    double b = model.b();
    double[] sums = new double[5];
    double logAlpha = StrictMath.log(model.alpha());
    double value = r * logAlpha;
    double byR = logAlpha;
    double byA = 0;
    double byB = 0;
    for (int x = 0; x < customersByFrequency.length; x++) {
      if (x > 0) {
        int i = x - 1;
        // Pairing each b + i with its a + b + i keeps every step small.
        value += StrictMath.log(r + i) - StrictMath.log1p(a / (b + i));
        byR += 1 / (r + i);
        byA -= 1 / (a + b + i);
        byB += a / ((b + i) * (a + b + i));
      }
      double count = customersByFrequency[x];
      sums[0] += count * value;
      sums[1] += count * byR;
      sums[3] += count * byA;
      sums[4] += count * byB;
    }
    sums[2] = customers.customers() * (r / model.alpha());
    return sums;
  }

  /** log(exp(A3) + exp(A4)): alive at T, or stopped at t_x. */
  private double[] timePart(BgNbd model) {
    double r = model.r();
    double a = model.a();
    double b = model.b();
    double[] logTime = new double[timeOccurs.length];
    double[] perTime = new double[timeOccurs.length];
    for (int tick = 0; tick < timeOccurs.length; tick++) {
      if (timeOccurs[tick]) {
        double time = model.alpha() + tick / (double) customers.ticksPerWeek();
        logTime[tick] = StrictMath.log(time);
        perTime[tick] = 1 / time;
      }
    }
    double[] logStop = new double[customersByFrequency.length];
    for (int x = 1; x < logStop.length; x++) {
      logStop[x] = StrictMath.log(a) - StrictMath.log(b + (x - 1));
    }
    return ChunkedSum.of(
        customers.groups(),
        5,
        (sums, from, to) -> {
          for (int g = from; g < to; g++) {
            int x = customers.frequency(g);
            int age = customers.age(g);
            double count = customers.count(g);
            double shape = r + x;
            double value = -shape * logTime[age];
            if (x == 0) {
              sums[0] += count * value;
              sums[1] -= count * logTime[age];
              sums[2] -= count * (shape * perTime[age]);
              continue;
            }
            int recency = customers.recency(g);
            double logOdds = logStop[x] + shape * (logTime[age] - logTime[recency]);
            double small = StrictMath.exp(-Math.abs(logOdds));
            double stopped = (logOdds > 0 ? 1 : small) / (1 + small);
            double alive = (logOdds > 0 ? small : 1) / (1 + small);
            sums[0] += count * (value + Math.max(logOdds, 0) + StrictMath.log1p(small));
            sums[1] -= count * (alive * logTime[age] + stopped * logTime[recency]);
            sums[2] -= count * (shape * (alive * perTime[age] + stopped * perTime[recency]));
            sums[3] += count * (stopped / a);
            sums[4] -= count * (stopped / (b + (x - 1)));
          }
        });
  }
}
