package org.tallykeep.customer.consent;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;

/** Consents over a real database, for the tests of this package and of others. */
public final class ConsentsFixture {

  static final Instant SAID = Instant.parse("2026-04-01T08:00:00Z");
  static final Instant RECEIVED = Instant.parse("2026-05-01T10:00:00Z");
  static final Recorder STEWARD = new Recorder("person", "sub-1");

  public final Consents consents;

  public ConsentsFixture(Transactions transactions, Keys keys) {
    this.consents = of(transactions, keys);
  }

  /** As one replica has them. */
  public static Consents of(Transactions transactions, Keys keys) {
    return new Consents(transactions, keys);
  }

  /** What refuses consents. */
  public static ConsentChecks checks(Clock clock) {
    return new ConsentChecks(clock);
  }

  /** Writes down what somebody said. */
  public Consents.Recorded say(UUID customer, String purpose, String decision) {
    return say(customer, consent(purpose, decision, SAID));
  }

  Consents.Recorded say(UUID customer, Consent... said) {
    return consents.record(customer, new ReceivedConsents(RECEIVED, List.of(said)), STEWARD);
  }

  /** What counts, by purpose. */
  public Map<String, String> current(UUID customer) {
    Map<String, String> words = new TreeMap<>();
    history(customer)
        .current()
        .forEach((purpose, consent) -> words.put(purpose, consent.decision().word()));
    return words;
  }

  ConsentHistory history(UUID customer) {
    return consents.read(customer).orElseThrow().history();
  }

  static Consent consent(String purpose, String decision, Instant at) {
    return new Consent(purpose, Decision.of(decision).orElseThrow(), "web-shop", at, "2026-01");
  }
}
