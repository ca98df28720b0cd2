package org.tallykeep.customer.access;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.ledger.PurchaseStatement;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.profile.WholeProfiles;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.keyvault.client.Granted;

/** Makes access files, each under a grant of its own that the officer who asks is charged for. */
@Singleton
final class AccessFiles {

  private static final String JOB = "access";

  /** One customer, once more if the key is replaced in between. */
  private static final int RECORDS = 2;

  private final Keys keys;
  private final WholeProfiles profiles;
  private final Links links;
  private final PurchaseStatement purchases;
  private final Clock clock;

  AccessFiles(
      Keys keys, WholeProfiles profiles, Links links, PurchaseStatement purchases, Clock clock) {
    this.keys = keys;
    this.profiles = profiles;
    this.links = links;
    this.purchases = purchases;
    this.clock = clock;
  }

  /**
   * The file; nothing if there is no such customer, or no longer.
   *
   * @param approved the grant that was refused before for want of a second officer
   */
  Optional<AccessFile> of(UUID customer, @Nullable UUID approved, Keys.Asking who) {
    if (!profiles.exists(customer)) {
      return Optional.empty();
    }
    UUID grant = approved == null ? grant(who) : approved;
    return profiles.open(customer, grant).map(profile -> file(customer, profile));
  }

  private UUID grant(Keys.Asking who) {
    Granted granted = keys.submit(who, JOB, RECORDS);
    if (!granted.active()) {
      throw new Refusal.Conflict(
          "second-officer-needed",
          "You made many such files today. Have a security officer approve the grant %1$s, then ask"
              + " again with ?grant=%1$s.".formatted(granted.id()));
    }
    return granted.id();
  }

  private AccessFile file(UUID customer, WholeProfiles.WholeProfile profile) {
    return new AccessFile(
        AccessFile.FORMAT,
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        profile.profile(),
        profile.changes(),
        profile.restriction().orElse(null),
        purchases(customer));
  }

  /** Read anew if they got another pseudonym meanwhile: nothing may be missing. */
  private List<PurchaseStatement.Stated> purchases(UUID customer) {
    UUID purchaser = links.purchasersOf(List.of(customer)).get(customer);
    while (purchaser != null) {
      List<PurchaseStatement.Stated> all = purchases.of(purchaser);
      UUID now = links.purchasersOf(List.of(customer)).get(customer);
      if (purchaser.equals(now)) {
        return all;
      }
      purchaser = now;
    }
    return List.of();
  }
}
