package org.tallykeep.customer.rekey;

import java.util.UUID;
import org.tallykeep.envelope.KeyRef;

/**
 * A key that is being replaced.
 *
 * @param kind {@code subject} or {@code pseudonym}
 * @param from the version that was exposed
 * @param to the version that everything is to be sealed under
 */
public record Rekey(String kind, UUID id, int from, int to) {

  /** The key that everything is to be sealed under. */
  public KeyRef newer() {
    return new KeyRef(id, to);
  }
}
