package org.tallykeep.system.joining;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.system.stack.Suite;

/**
 * A thief with copies of all databases and no root key, who even knows which rows belong to the
 * people in question and only wants to know which customer is which purchaser.
 */
public final class Attack {

  private static final int SUREST = 50;

  /**
   * How well one way did.
   *
   * @param correct pairs that are right
   * @param correctOfSurest how many of the 50 surest are right
   */
  public record Score(String way, int guessed, int correct, int correctOfSurest) {

    /** What guessing at random reaches: one right pair is expected, seven are one in 12,000. */
    public boolean isBetterThanChance() {
      return correct > 6 || correctOfSurest > 1;
    }
  }

  private Attack() {}

  /**
   * Tries every way; the best first.
   *
   * @param seed of the guesses among rows that a way cannot tell apart
   */
  public static List<Score> on(Suite suite, Map<UUID, UUID> purchaserOf, long seed)
      throws SQLException {
    Set<UUID> customers = purchaserOf.keySet();
    Set<UUID> purchasers = Set.copyOf(purchaserOf.values());
    List<Feature> ofCustomers =
        StolenRows.ofOwners(features(suite, "customer", "subject_key"), customers);
    List<Feature> ofPurchasers =
        StolenRows.ofOwners(features(suite, "purchaser", "pseudonym_key"), purchasers);
    List<Score> scores = new ArrayList<>();
    for (Feature customer : ofCustomers) {
      for (Feature purchaser : ofPurchasers) {
        for (Way way : Way.values()) {
          List<Guess> guesses = way.guesses(customer, purchaser, new Random(seed));
          if (!guesses.isEmpty()) {
            String name = way + " of " + customer.name() + " and " + purchaser.name();
            scores.add(score(name, guesses, purchaserOf));
          }
        }
      }
    }
    scores.sort(Comparator.comparingInt(Score::correct).reversed());
    return scores;
  }

  private static List<Feature> features(Suite suite, String entity, String keyTable)
      throws SQLException {
    return StolenRows.of(
        suite.database("customer-service"), entity, suite.database("keyvault-service"), keyTable);
  }

  private static Score score(String name, List<Guess> guesses, Map<UUID, UUID> truth) {
    List<Guess> surestFirst =
        guesses.stream().sorted(Comparator.comparingDouble(Guess::doubt)).toList();
    int correct = 0;
    int correctOfSurest = 0;
    for (int i = 0; i < surestFirst.size(); i++) {
      Guess guess = surestFirst.get(i);
      if (guess.purchaser().equals(truth.get(guess.customer()))) {
        correct++;
        correctOfSurest += i < SUREST ? 1 : 0;
      }
    }
    return new Score(name, guesses.size(), correct, correctOfSurest);
  }
}
