package org.tallykeep.customer.consent;

import java.time.Instant;
import java.util.List;

/**
 * Checked consents that came in together.
 *
 * @param received when they came
 */
public record ReceivedConsents(Instant received, List<Consent> consents) {

  /** None. */
  public static final ReceivedConsents NONE = new ReceivedConsents(Instant.EPOCH, List.of());

  /** Copies the list. */
  public ReceivedConsents {
    consents = List.copyOf(consents);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return consents.isEmpty();
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "ReceivedConsents[…]";
  }
}
