package org.tallykeep.customer.restriction;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Restricts the processing of a customer's data, lifts that, and tells what was decided. */
@Singleton
final class RestrictionChanges {

  /** Once more, if the key was replaced in the meantime. */
  private static final int TRIES = 2;

  private final Transactions transactions;
  private final Keys keys;
  private final Clock clock;

  RestrictionChanges(Transactions transactions, Keys keys, Clock clock) {
    this.transactions = transactions;
    this.keys = keys;
    this.clock = clock;
  }

  /** Nothing if there is no such customer, or no longer; so for the others. */
  Optional<Restriction> restrict(UUID customer, String reason, String who) {
    long now = clock.instant().getEpochSecond();
    return change(customer, before -> before.restricted(reason, now, who));
  }

  Optional<Restriction> lift(UUID customer, String who) {
    long now = clock.instant().getEpochSecond();
    return change(customer, before -> before.lifted(now, who));
  }

  Optional<Restriction> read(UUID customer) {
    return change(customer, before -> before);
  }

  private Optional<Restriction> change(UUID customer, UnaryOperator<Restriction> change) {
    for (int tried = 1; tried <= TRIES; tried++) {
      KeyRef key = transactions.call(c -> RestrictionRepository.key(c, customer)).orElse(null);
      if (key == null) {
        return Optional.empty();
      }
      try (SealingKey mask = keys.masks(List.of(key)).getFirst().orElse(null)) {
        if (mask != null) {
          Optional<Restriction> changed =
              transactions.call(c -> change(c, customer, new Open(key, mask), change));
          if (changed.isPresent()) {
            return changed;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The customer's key for masks. */
  private record Open(KeyRef ref, SealingKey mask) {}

  /** Nothing if the customer is under another key by now. */
  private static Optional<Restriction> change(
      Connection connection, UUID customer, Open key, UnaryOperator<Restriction> change)
      throws SQLException {
    if (!RestrictionRepository.lock(connection, customer).equals(Optional.of(key.ref))) {
      return Optional.empty();
    }
    @Nullable RestrictionRow row =
        RestrictionRepository.find(connection, List.of(customer)).stream().findFirst().orElse(null);
    Restriction before = row == null ? Restriction.NONE : row.open(key.mask);
    Restriction after = change.apply(before);
    if (!after.equals(before)) {
      RestrictionRepository.write(
          connection,
          RestrictionRow.seal(key.mask, customer, row == null ? 0 : row.revision(), after));
    }
    return Optional.of(after);
  }
}
