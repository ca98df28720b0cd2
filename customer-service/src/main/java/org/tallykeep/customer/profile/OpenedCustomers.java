package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Opens what customers' tags are made of, on the grant for making them anew. */
@Singleton
final class OpenedCustomers {

  private final Transactions transactions;
  private final Keys keys;

  OpenedCustomers(Transactions transactions, Keys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /**
   * What was opened.
   *
   * @param values by customer
   * @param erased customers whose key is destroyed
   */
  record Opened<T>(Map<UUID, T> values, Set<UUID> erased) {}

  <T> Opened<T> open(
      Keys.Personal purpose,
      Collection<UUID> customers,
      BiFunction<CustomerRow, SealingKey, T> opening) {
    List<CustomerRow> rows = rows(customers);
    List<Optional<SealingKey>> handles =
        keys.personalForReindexing(purpose, rows.stream().map(CustomerRow::key).toList());
    Map<UUID, T> values = new HashMap<>();
    Map<UUID, KeyRef> unopened = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      CustomerRow row = rows.get(i);
      handles
          .get(i)
          .ifPresentOrElse(
              key -> values.put(row.id(), open(key, row, opening)),
              () -> unopened.put(row.id(), row.key()));
    }
    return new Opened<>(values, erased(unopened));
  }

  private static <T> T open(
      SealingKey key, CustomerRow row, BiFunction<CustomerRow, SealingKey, T> opening) {
    try (key) {
      return opening.apply(row, key);
    }
  }

  /** One whose key was replaced since the row was read is not erased: it comes another time. */
  private Set<UUID> erased(Map<UUID, KeyRef> unopened) {
    Set<UUID> erased = new HashSet<>();
    if (!unopened.isEmpty()) {
      rows(unopened.keySet()).stream()
          .filter(row -> row.key().equals(unopened.get(row.id())))
          .forEach(row -> erased.add(row.id()));
    }
    return erased;
  }

  private List<CustomerRow> rows(Collection<UUID> customers) {
    return transactions.call(c -> CustomerRepository.find(c, new HashSet<>(customers)));
  }
}
