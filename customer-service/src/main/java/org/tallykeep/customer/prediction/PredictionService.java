package org.tallykeep.customer.prediction;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.profile.CustomerView;
import org.tallykeep.customer.profile.ProfileReader;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.customer.restriction.Restrictions;
import org.tallykeep.platform.problem.Unavailable;

/** Asks for predictions by pseudonym and answers by customer. */
@Singleton
final class PredictionService {

  /** The most that the analytics service answers at once. */
  private static final int MOST_AT_ONCE = 10_000;

  private static final int SOME_MORE = 20;
  private static final String NO_PURCHASES = "no-purchases";

  private final AnalyticsService analytics;
  private final Links links;
  private final CustomerDirectory directory;
  private final ProfileReader profiles;
  private final LeftOut leftOut;

  PredictionService(
      @RestClient AnalyticsService analytics,
      Links links,
      CustomerDirectory directory,
      ProfileReader profiles,
      LeftOut leftOut) {
    this.analytics = analytics;
    this.links = links;
    this.directory = directory;
    this.profiles = profiles;
    this.leftOut = leftOut;
  }

  /**
   * Of these customers in their order; those who do not exist are left out. Nobody is asked about
   * those who refused.
   */
  Predictions of(List<UUID> customers, int horizonDays) {
    Map<UUID, String> without = leftOut.among(customers);
    Map<UUID, UUID> purchasers =
        links.purchasersOf(customers.stream().filter(id -> !without.containsKey(id)).toList());
    Map<UUID, PseudonymPrediction> byPurchaser = new HashMap<>();
    if (!purchasers.isEmpty()) {
      ask(PseudonymRequest.of(List.copyOf(purchasers.values()), horizonDays))
          .forEach(prediction -> byPurchaser.put(prediction.purchaser(), prediction));
    }
    Map<UUID, @Nullable PseudonymPrediction> chosen = new LinkedHashMap<>();
    for (UUID customer : customers) {
      UUID purchaser = purchasers.get(customer);
      if (purchaser != null) {
        chosen.put(customer, byPurchaser.get(purchaser));
      } else if (without.containsKey(customer)) {
        chosen.put(customer, null);
      }
    }
    return answer(chosen, without, horizonDays);
  }

  /** The customers expected to buy most, best first. */
  Predictions top(int count, int horizonDays) {
    // Some of the best buyers are anonymous, so more are asked for than are wanted.
    int asked = Math.min(MOST_AT_ONCE, 2 * count + SOME_MORE);
    while (true) {
      List<PseudonymPrediction> best = ask(PseudonymRequest.top(asked, horizonDays));
      Map<UUID, @Nullable PseudonymPrediction> chosen = customersAmong(best, count);
      if (chosen.size() == count || best.size() < asked || asked == MOST_AT_ONCE) {
        return answer(chosen, Map.of(), horizonDays);
      }
      asked = Math.min(MOST_AT_ONCE, 4 * asked);
    }
  }

  private Map<UUID, @Nullable PseudonymPrediction> customersAmong(
      List<PseudonymPrediction> best, int count) {
    List<PseudonymPrediction> eligible =
        best.stream().filter(PseudonymPrediction::eligible).toList();
    Map<UUID, UUID> customers =
        directory.customersOf(eligible.stream().map(PseudonymPrediction::purchaser).toList());
    List<PseudonymPrediction> ofCustomers =
        eligible.stream().filter(each -> customers.containsKey(each.purchaser())).toList();
    Map<UUID, @Nullable PseudonymPrediction> chosen = new LinkedHashMap<>();
    for (int next = 0; chosen.size() < count && next < ofCustomers.size(); ) {
      int until = Math.min(ofCustomers.size(), next + count - chosen.size());
      choose(ofCustomers.subList(next, until), customers, chosen);
      next = until;
    }
    return chosen;
  }

  /** Their histories learn that somebody refused later, in a crowd; here it counts at once. */
  private void choose(
      List<PseudonymPrediction> best,
      Map<UUID, UUID> customers,
      Map<UUID, @Nullable PseudonymPrediction> chosen) {
    Map<UUID, PseudonymPrediction> theirs = new LinkedHashMap<>();
    best.forEach(each -> theirs.put(requireNonNull(customers.get(each.purchaser())), each));
    Set<UUID> without = leftOut.among(theirs.keySet()).keySet();
    theirs.forEach(
        (customer, prediction) -> {
          if (!without.contains(customer)) {
            chosen.put(customer, prediction);
          }
        });
  }

  private Predictions answer(
      Map<UUID, @Nullable PseudonymPrediction> chosen, Map<UUID, String> without, int horizonDays) {
    Map<UUID, CustomerView> masked = profiles.masked(chosen.keySet());
    List<Predictions.OfCustomer> predictions = new ArrayList<>();
    @Nullable PseudonymPrediction source = null;
    for (Map.Entry<UUID, @Nullable PseudonymPrediction> entry : chosen.entrySet()) {
      CustomerView customer = masked.get(entry.getKey());
      if (customer != null) {
        PseudonymPrediction prediction = entry.getValue();
        String reason = without.get(entry.getKey());
        predictions.add(
            of(
                Restrictions.REASON.equals(reason) ? customer.asRestricted() : customer,
                prediction,
                reason == null ? NO_PURCHASES : reason));
        source = source == null ? prediction : source;
      }
    }
    return new Predictions(
        horizonDays,
        source == null ? null : source.asOf(),
        source == null ? null : source.dataThrough(),
        source == null ? null : source.modelVersion(),
        predictions);
  }

  private static Predictions.OfCustomer of(
      CustomerView customer, @Nullable PseudonymPrediction prediction, String without) {
    return prediction == null
        ? new Predictions.OfCustomer(customer, null, null, false, without)
        : new Predictions.OfCustomer(
            customer,
            prediction.expected(),
            prediction.pAlive(),
            prediction.eligible(),
            prediction.reason());
  }

  private List<PseudonymPrediction> ask(PseudonymRequest request) {
    try {
      return analytics.predict(request);
    } catch (ProcessingException e) {
      throw new Unavailable(
          "analytics-unavailable",
          "The analytics service does not answer. Try again in a while.",
          Duration.ofSeconds(5),
          e);
    }
  }
}
