package org.tallykeep.customer.profile;

import java.util.Set;
import java.util.UUID;

/** What the revocation ledger says, for the tests of this package. */
final class DestroyedKeysFixture {

  private DestroyedKeysFixture() {}

  /** That these are destroyed, as many as there are when it is asked. */
  static DestroyedKeys of(Set<UUID> destroyed) {
    return new DestroyedKeys(
        asked ->
            new KeyServiceRevocations.Matched(
                asked.ids().stream()
                    .filter(destroyed::contains)
                    .map(KeyServiceRevocations.Revoked::new)
                    .toList()));
  }
}
