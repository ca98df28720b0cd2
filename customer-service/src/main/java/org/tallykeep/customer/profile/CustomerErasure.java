package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.suppression.Suppression;

/** Removes customers and leaves the marks by which they are known should they be sent again. */
@Singleton
public final class CustomerErasure {

  /** Somebody may change them meanwhile; so many times in a row is a wonder. */
  private static final int TRIES = 5;

  private static final String EXTERNAL_IDS = "customer_external_id";

  private final Transactions transactions;
  private final IndexVersions index;
  private final Suppression suppression;

  CustomerErasure(Transactions transactions, IndexVersions index, Suppression suppression) {
    this.transactions = transactions;
    this.index = index;
    this.suppression = suppression;
  }

  /** The key of a customer, if there is one. */
  public Optional<UUID> keyOf(UUID customer) {
    return transactions.call(c -> CustomerRepository.find(c, List.of(customer))).stream()
        .map(row -> row.key().id())
        .findFirst();
  }

  /** Customers by their keys, the next after that key. */
  public SequencedMap<UUID, UUID> byKeyAfter(UUID key, int most) {
    return transactions.call(c -> CustomerRepository.byKeyAfter(c, key, most));
  }

  /** What stands in tables of tags, of which the key service had a hand in the second. */
  private record Stored(Set<Tag> externalIds, Set<Tag> contacts) {}

  /** What becomes of a try. */
  private enum Done {
    ERASED,
    GONE,
    CHANGED
  }

  /**
   * Removes a customer, in one transaction with what is written alongside.
   *
   * @return false if there is no such customer
   */
  public boolean erase(UUID customer, Transactions.Action alongside) {
    for (int tried = 1; tried <= TRIES; tried++) {
      Stored stored = transactions.call(c -> read(c, customer));
      List<Tag> marks = new ArrayList<>(stored.contacts);
      marks.addAll(suppression.wrapped(List.copyOf(stored.externalIds)));
      Erasing erasing = new Erasing(customer, stored, marks, alongside);
      Done done = index.with(keys -> transactions.call(c -> erasing.write(c, keys)));
      if (done != Done.CHANGED) {
        return done == Done.ERASED;
      }
    }
    throw new Refusal.Conflict(
        "changed-meanwhile", "This customer is being changed. Try again in a moment.");
  }

  private record Erasing(
      UUID customer, Stored stored, List<Tag> marks, Transactions.Action alongside) {

    Done write(Connection connection, IndexKeys keys) throws SQLException {
      keys.hold(connection);
      if (CustomerRepository.lock(connection, customer).isEmpty()) {
        return Done.GONE;
      }
      if (!read(connection, customer).equals(stored)) {
        return Done.CHANGED;
      }
      Suppression.leave(connection, keys, marks);
      CustomerRepository.delete(connection, customer);
      alongside.on(connection);
      return Done.ERASED;
    }
  }

  private static Stored read(Connection connection, UUID customer) throws SQLException {
    Set<Tag> contacts = new HashSet<>();
    for (ContactField field : ContactField.values()) {
      contacts.addAll(CustomerTagRepository.newestOf(connection, field.table(), customer));
    }
    return new Stored(
        new HashSet<>(CustomerTagRepository.newestOf(connection, EXTERNAL_IDS, customer)),
        contacts);
  }
}
