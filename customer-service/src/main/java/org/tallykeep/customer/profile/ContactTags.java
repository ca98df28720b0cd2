package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;

/**
 * Tags of e-mail addresses and phone numbers, made half here and half at the key service.
 *
 * <p>Equal values of several customers get the occurrences 0, 1, 2 …, so that their tags differ. A
 * ninth customer with the same value is kept without a tag: look-up probes eight.
 */
@Singleton
final class ContactTags {

  static final int OCCURRENCES = 8;

  /** A value of a customer in the spelling that is looked up. */
  record Value(UUID customer, String normalised) {
    @Override
    public String toString() {
      return "Value[…]";
    }
  }

  /** Tags and what they stand for. */
  record Owned(Value value, Tags tags) {
    UUID customer() {
      return value.customer;
    }
  }

  private final Transactions transactions;
  private final Keys keys;
  private final IndexVersions index;

  ContactTags(Transactions transactions, Keys keys, IndexVersions index) {
    this.transactions = transactions;
    this.keys = keys;
    this.index = index;
  }

  /** For each value the tags of its first free occurrence; nobody else may have it in the end. */
  List<Owned> choose(IndexKeys index, ContactField field, List<Value> values) {
    return choose(index, field, values, null);
  }

  /** The same, where that customer's own rows go in the transaction that writes these. */
  private List<Owned> choose(
      IndexKeys index, ContactField field, List<Value> values, @Nullable UUID owner) {
    List<Owned> chosen = new ArrayList<>(values.size());
    Set<Tag> taken = new HashSet<>();
    List<Value> left = values;
    for (int occurrence = 0; occurrence < OCCURRENCES && !left.isEmpty(); occurrence++) {
      List<Tags> tags =
          tags(index, field, left.stream().map(Value::normalised).toList(), occurrence);
      taken.addAll(transactions.call(c -> ContactTagRepository.existing(c, field, tags, owner)));
      List<Value> later = new ArrayList<>();
      for (int i = 0; i < tags.size(); i++) {
        if (!tags.get(i).anyIn(taken)) {
          taken.addAll(tags.get(i).all());
          chosen.add(new Owned(left.get(i), tags.get(i)));
        } else {
          later.add(left.get(i));
        }
      }
      left = later;
    }
    return chosen;
  }

  /**
   * The tags of a customer's contacts instead of those there are. Chosen ahead, because the key
   * service makes half of them, and written in the transaction that writes the contacts: whatever
   * dies, nobody is left who cannot be looked up.
   */
  static final class Replacement {

    private final @Nullable IndexKeys index;
    private final UUID customer;
    private final Map<ContactField, List<Owned>> chosen;
    private final Map<ContactField, List<Value>> lost = new EnumMap<>(ContactField.class);

    private Replacement(
        @Nullable IndexKeys index, UUID customer, Map<ContactField, List<Owned>> chosen) {
      this.index = index;
      this.customer = customer;
      this.chosen = chosen;
    }

    /** Of contacts that stay as they are. */
    static Replacement none() {
      return new Replacement(null, new UUID(0, 0), Map.of());
    }

    /** First in the transaction, before it locks anything else. */
    void hold(Connection connection) throws SQLException {
      if (index != null) {
        index.hold(connection);
      }
    }

    void write(Connection connection) throws SQLException {
      for (Map.Entry<ContactField, List<Owned>> entry : chosen.entrySet()) {
        ContactTagRepository.deleteOf(connection, entry.getKey(), customer);
        lost.put(entry.getKey(), insert(connection, entry.getKey(), entry.getValue()));
      }
    }

    /** The values whose tags somebody else took meanwhile: they get others afterwards. */
    Map<ContactField, List<Value>> lost() {
      return lost;
    }
  }

  /** Chooses the tags of what a profile holds now. */
  Replacement replacement(IndexKeys index, UUID customer, Profile profile) {
    Map<ContactField, List<Owned>> chosen = new EnumMap<>(ContactField.class);
    for (ContactField field : ContactField.values()) {
      chosen.put(field, choose(index, field, owned(customer, field.of(profile)), customer));
    }
    return new Replacement(index, customer, chosen);
  }

  /** Chooses the tags of what one field of a customer holds. */
  Replacement replacement(
      IndexKeys index, UUID customer, ContactField field, List<String> normalised) {
    return new Replacement(
        index,
        customer,
        Map.of(field, choose(index, field, owned(customer, normalised), customer)));
  }

  private static List<Value> owned(UUID customer, List<String> normalised) {
    return normalised.stream().map(value -> new Value(customer, value)).toList();
  }

  /** Chooses and writes at once, for those who lost a tag to somebody else. */
  void add(ContactField field, List<Value> values) {
    List<Value> left = values;
    for (int attempt = 0; attempt < OCCURRENCES && !left.isEmpty(); attempt++) {
      List<Value> now = left;
      left = index.with(keys -> add(keys, field, now));
    }
  }

  private List<Value> add(IndexKeys index, ContactField field, List<Value> values) {
    List<Owned> chosen = choose(index, field, values);
    return transactions.call(
        c -> {
          index.hold(c);
          return insert(c, field, chosen);
        });
  }

  /** Writes tags and returns the values whose tags somebody else took since they were chosen. */
  static List<Value> insert(Connection connection, ContactField field, List<Owned> tags)
      throws SQLException {
    Set<Tags> written = ContactTagRepository.insert(connection, field, tags);
    return tags.stream().filter(owned -> !written.contains(owned.tags)).map(Owned::value).toList();
  }

  /** The customers who have this value, eight at most. */
  Set<UUID> find(ContactField field, String normalised) {
    return index.with(
        keys -> {
          List<Tags> tags = new ArrayList<>(OCCURRENCES);
          for (int occurrence = 0; occurrence < OCCURRENCES; occurrence++) {
            tags.addAll(tags(keys, field, List.of(normalised), occurrence));
          }
          return transactions.call(
              c -> {
                keys.hold(c);
                return ContactTagRepository.customers(c, field, tags);
              });
        });
  }

  private List<Tags> tags(
      IndexKeys index, ContactField field, List<String> values, int occurrence) {
    List<Tags> halves = values.stream().map(value -> field.half(index, value, occurrence)).toList();
    return ContactField.whole(halves, ours -> keys.tags(field.kind(), ours));
  }
}
