package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Tells destroyed keys from those that are merely not delivered, such as those that a key database
 * which was set back does not know yet.
 */
@Singleton
final class DestroyedKeys {

  /** As many as the key service answers for at once. */
  private static final int BATCH = 1_000;

  private final KeyServiceRevocations revocations;

  DestroyedKeys(@RestClient KeyServiceRevocations revocations) {
    this.revocations = revocations;
  }

  /** Those of the customers' keys that are destroyed for good. */
  Set<UUID> among(Collection<UUID> keys) {
    List<UUID> all = List.copyOf(keys);
    Set<UUID> destroyed = new HashSet<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<UUID> some = all.subList(from, Math.min(all.size(), from + BATCH));
      revocations
          .match(new KeyServiceRevocations.ToMatch("subject", some))
          .revoked()
          .forEach(each -> destroyed.add(each.id()));
    }
    return destroyed;
  }
}
