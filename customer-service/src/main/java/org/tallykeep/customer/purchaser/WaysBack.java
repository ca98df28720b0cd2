package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/** Who purchasers are, as they say it themselves; under the mixer's grant. */
@Singleton
public final class WaysBack {

  private final Transactions transactions;
  private final Keys keys;

  WaysBack(Transactions transactions, Keys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /**
   * Some purchasers.
   *
   * @param customers by purchaser; dummies and those whose key is destroyed are missing
   * @param last the last of them, if there are any
   */
  public record Page(Map<UUID, UUID> customers, Optional<UUID> last) {}

  /** Some purchasers in the order of their random ids; none after the last. */
  public Page after(UUID last, int most) {
    List<PurchaserRepository.Row> rows =
        transactions.call(c -> PurchaserRepository.after(c, last, most));
    List<Optional<SealingKey>> opened =
        keys.reidentifyForMixing(
            rows.stream().map(row -> SealedRecord.keyOf(row.reidentify())).toList());
    Map<UUID, UUID> customers = new HashMap<>();
    LeftRows left = new LeftRows("purchasers");
    for (int i = 0; i < rows.size(); i++) {
      PurchaserRepository.Row row = rows.get(i);
      opened
          .get(i)
          .flatMap(key -> left.open(() -> customer(key, row)))
          .flatMap(customer -> customer)
          .ifPresent(customer -> customers.put(row.id(), customer));
    }
    left.say();
    return new Page(
        customers, rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast().id()));
  }

  private static Optional<UUID> customer(SealingKey key, PurchaserRepository.Row row) {
    try (key) {
      return Reidentification.open(key, row.id(), row.reidentify());
    }
  }
}
