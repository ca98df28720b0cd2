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
import java.util.function.Function;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Opens what customers' tags are made of, on the grant for making them anew. */
@Singleton
final class OpenedCustomers {

  private final Transactions transactions;
  private final Keys keys;
  private final DestroyedKeys destroyed;

  OpenedCustomers(Transactions transactions, Keys keys, DestroyedKeys destroyed) {
    this.transactions = transactions;
    this.keys = keys;
    this.destroyed = destroyed;
  }

  /**
   * What was opened. Whoever is in neither is left for another time.
   *
   * @param values by customer
   * @param erased customers whose key is destroyed
   */
  record Opened<T>(Map<UUID, T> values, Set<UUID> erased) {}

  <T> Opened<T> open(
      Keys.Personal purpose,
      Collection<UUID> customers,
      BiFunction<CustomerRow, SealingKey, T> opening) {
    return open(refs -> keys.personalForReindexing(purpose, refs), customers, opening);
  }

  /** The same of masks, which need no grant. */
  <T> Opened<T> openMasks(
      Collection<UUID> customers, BiFunction<CustomerRow, SealingKey, T> opening) {
    return open(keys::masks, customers, opening);
  }

  private <T> Opened<T> open(
      Function<List<KeyRef>, List<Optional<SealingKey>>> unwrapping,
      Collection<UUID> customers,
      BiFunction<CustomerRow, SealingKey, T> opening) {
    List<CustomerRow> rows = rows(customers);
    List<Optional<SealingKey>> handles =
        unwrapping.apply(rows.stream().map(CustomerRow::key).toList());
    LeftRows left = new LeftRows("customers");
    Map<UUID, T> values = new HashMap<>();
    Map<UUID, KeyRef> unopened = new HashMap<>();
    try {
      for (int i = 0; i < rows.size(); i++) {
        CustomerRow row = rows.get(i);
        SealingKey key = handles.get(i).orElse(null);
        if (key == null) {
          unopened.put(row.id(), row.key());
        } else {
          left.open(() -> opening.apply(row, key)).ifPresent(value -> values.put(row.id(), value));
        }
      }
    } finally {
      handles.forEach(handle -> handle.ifPresent(SealingKey::close));
    }
    Set<UUID> erased = erased(unopened, left);
    left.say();
    return new Opened<>(values, erased);
  }

  /**
   * One whose key was replaced since the row was read is not erased, and neither is one whose key
   * does not come for another reason than that it was destroyed: they come another time.
   */
  private Set<UUID> erased(Map<UUID, KeyRef> unopened, LeftRows left) {
    Set<UUID> erased = new HashSet<>();
    if (unopened.isEmpty()) {
      return erased;
    }
    Set<UUID> gone =
        destroyed.among(unopened.values().stream().map(KeyRef::id).distinct().toList());
    for (CustomerRow row : rows(unopened.keySet())) {
      if (gone.contains(row.key().id())) {
        erased.add(row.id());
      } else if (row.key().equals(unopened.get(row.id()))) {
        left.add("the key did not come");
      }
    }
    return erased;
  }

  private List<CustomerRow> rows(Collection<UUID> customers) {
    return transactions.call(c -> CustomerRepository.find(c, new HashSet<>(customers)));
  }
}
