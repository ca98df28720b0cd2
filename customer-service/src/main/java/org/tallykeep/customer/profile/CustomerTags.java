package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 * Tags of what customers are found by beside their external ids.
 *
 * <p>Equal values of several customers get the occurrences 0, 1, 2 …, so that their tags differ. A
 * ninth customer with the same value is kept without a tag: look-up probes eight.
 */
@Singleton
final class CustomerTags {

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
  private final Attributes attributes;

  CustomerTags(Transactions transactions, Keys keys, IndexVersions index, Attributes attributes) {
    this.transactions = transactions;
    this.keys = keys;
    this.index = index;
    this.attributes = attributes;
  }

  /** For each value the tags of its first free occurrence; nobody else may have it in the end. */
  List<Owned> choose(IndexKeys index, TagField field, List<Value> values) {
    return choose(index, field, values, null);
  }

  /** The same, where that customer's own rows go in the transaction that writes these. */
  private List<Owned> choose(
      IndexKeys index, TagField field, List<Value> values, @Nullable UUID owner) {
    List<Owned> chosen = new ArrayList<>(values.size());
    Set<Tag> taken = new HashSet<>();
    List<Value> left = values;
    for (int occurrence = 0; occurrence < OCCURRENCES && !left.isEmpty(); occurrence++) {
      List<Tags> tags =
          tags(index, field, left.stream().map(Value::normalised).toList(), occurrence);
      taken.addAll(transactions.call(c -> CustomerTagRepository.existing(c, field, tags, owner)));
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
   * The tags of a customer instead of those there are. Chosen ahead, because the key service makes
   * half of some, and written in the transaction that writes the values: whatever dies, nobody is
   * left who cannot be looked up.
   */
  static final class Replacement {

    private final UUID customer;
    private final Set<String> tables;
    private final Map<TagField, List<Owned>> chosen;
    private final Map<TagField, List<Value>> lost = new LinkedHashMap<>();

    private Replacement(UUID customer, Set<String> tables, Map<TagField, List<Owned>> chosen) {
      this.customer = customer;
      this.tables = tables;
      this.chosen = chosen;
    }

    /** Of values that stay as they are. */
    static Replacement none() {
      return new Replacement(new UUID(0, 0), Set.of(), Map.of());
    }

    /** In a transaction that holds the keys by which they were chosen. */
    void write(Connection connection) throws SQLException {
      for (String table : tables) {
        CustomerTagRepository.deleteOf(connection, table, customer);
      }
      for (Map.Entry<TagField, List<Owned>> entry : chosen.entrySet()) {
        lost.put(entry.getKey(), insert(connection, entry.getKey(), entry.getValue()));
      }
    }

    /** The values whose tags somebody else took meanwhile: they get others afterwards. */
    Map<TagField, List<Value>> lost() {
      return lost;
    }
  }

  /** Chooses the tags of what a profile holds now. */
  Replacement replacement(IndexKeys index, UUID customer, Profile profile) {
    return replacement(index, customer, TagField.TABLES, fields(profile));
  }

  /** Chooses the tags of all that those tables have of a customer. */
  Replacement replacement(
      IndexKeys index, UUID customer, Set<String> tables, Map<TagField, List<String>> values) {
    Map<TagField, List<Owned>> chosen = new LinkedHashMap<>();
    values.forEach(
        (field, normalised) ->
            chosen.put(field, choose(index, field, owned(customer, normalised), customer)));
    return new Replacement(customer, tables, chosen);
  }

  /** What a customer with this profile is found by. */
  Map<TagField, List<String>> fields(Profile profile) {
    return TagField.of(profile, attributes);
  }

  private static List<Value> owned(UUID customer, List<String> normalised) {
    return normalised.stream().map(value -> new Value(customer, value)).toList();
  }

  /** Chooses and writes at once, for those who lost a tag to somebody else. */
  void add(TagField field, List<Value> values) {
    List<Value> left = values;
    for (int attempt = 0; attempt < OCCURRENCES && !left.isEmpty(); attempt++) {
      List<Value> now = left;
      left = index.with(keys -> add(keys, field, now));
    }
  }

  private List<Value> add(IndexKeys index, TagField field, List<Value> values) {
    List<Owned> chosen = choose(index, field, values);
    return transactions.call(
        c -> {
          index.hold(c);
          return insert(c, field, chosen);
        });
  }

  /** Writes tags and returns the values whose tags somebody else took since they were chosen. */
  static List<Value> insert(Connection connection, TagField field, List<Owned> tags)
      throws SQLException {
    Set<Tags> written = CustomerTagRepository.insert(connection, field, tags);
    return tags.stream().filter(owned -> !written.contains(owned.tags)).map(Owned::value).toList();
  }

  /** The customers who have this value, eight at most. */
  Set<UUID> find(TagField field, String normalised) {
    return index.with(
        inForce -> {
          List<Tags> tags = ofAllOccurrences(field, inForce, List.of(normalised), keys);
          return transactions.call(
              c -> {
                inForce.hold(c);
                return CustomerTagRepository.customers(c, field, tags);
              });
        });
  }

  /** The whole tags of every occurrence, value by value, asked for in one go. */
  static List<Tags> ofAllOccurrences(
      TagField field, IndexKeys index, List<String> normalised, Keys keys) {
    List<Tags> halves = new ArrayList<>(normalised.size() * OCCURRENCES);
    for (String value : normalised) {
      for (int occurrence = 0; occurrence < OCCURRENCES; occurrence++) {
        halves.add(field.half(index, value, occurrence));
      }
    }
    return field.whole(halves, keys);
  }

  private List<Tags> tags(IndexKeys index, TagField field, List<String> values, int occurrence) {
    return field.whole(
        values.stream().map(value -> field.half(index, value, occurrence)).toList(), keys);
  }
}
