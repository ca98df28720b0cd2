package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.TagTable.Anew;
import org.tallykeep.customer.index.TagTable.Row;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;

/** Makes tags anew where equal values of several customers have tags of different occurrences. */
@Singleton
final class TagsAnew {

  private final Transactions transactions;
  private final Keys keys;
  private final CustomerTags customerTags;

  TagsAnew(Transactions transactions, Keys keys, CustomerTags customerTags) {
    this.transactions = transactions;
    this.keys = keys;
    this.customerTags = customerTags;
  }

  /** What a customer can be looked up by in one table, and in which revision it was read. */
  record Values(int revision, Map<TagField, List<String>> normalised) {
    @Override
    public String toString() {
      return "Values";
    }
  }

  /**
   * Which of a customer's values a row is of, and of which occurrence, its older tag tells: the
   * newer one is of the same, so that where one is free the other is. A customer with a row that is
   * of none of their values, as when two changes met, gets all of that table's tags anew: nobody
   * who is there loses one, even if the older key were not the one that the tags were made with.
   */
  Anew anew(IndexKeys index, String table, List<Row> rows, OpenedCustomers.Opened<Values> opened) {
    Map<Tag, UUID> waiting = new HashMap<>();
    rows.forEach(row -> waiting.put(row.older(), row.owner()));
    Map<Tag, Tag> newer = new HashMap<>();
    for (int j = 0; j < CustomerTags.OCCURRENCES && !waiting.isEmpty(); j++) {
      newer.putAll(occurrence(index, j, opened.values(), waiting));
      waiting.keySet().removeAll(newer.keySet());
    }
    for (UUID customer : new HashSet<>(waiting.values())) {
      Values values = opened.values().get(customer);
      if (values != null) {
        tagAnew(index, table, customer, values);
      }
    }
    return new Anew(newer, of(opened.erased(), rows));
  }

  /** Unless the customer was changed since: then the tags are of that change. */
  private void tagAnew(IndexKeys index, String table, UUID customer, Values values) {
    CustomerTags.Replacement replacement =
        customerTags.replacement(index, customer, Set.of(table), values.normalised);
    transactions.run(
        c -> {
          index.hold(c);
          if (CustomerRepository.lock(c, customer)
              .filter(row -> row.revision() == values.revision)
              .isPresent()) {
            replacement.write(c);
          }
        });
    replacement.lost().forEach(customerTags::add);
  }

  private Map<Tag, Tag> occurrence(
      IndexKeys index, int occurrence, Map<UUID, Values> values, Map<Tag, UUID> waiting) {
    Map<TagField, Set<CustomerTags.Value>> candidates = new TreeMap<>(TagField.ORDER);
    for (UUID customer : new LinkedHashSet<>(waiting.values())) {
      Values theirs = values.get(customer);
      if (theirs != null) {
        theirs.normalised.forEach(
            (field, all) ->
                all.forEach(
                    value ->
                        candidates
                            .computeIfAbsent(field, none -> new LinkedHashSet<>())
                            .add(new CustomerTags.Value(customer, value))));
      }
    }
    Map<Tag, Tag> newer = new HashMap<>();
    candidates.forEach(
        (field, all) ->
            newer.putAll(occurrence(index, field, occurrence, new ArrayList<>(all), waiting)));
    return newer;
  }

  private Map<Tag, Tag> occurrence(
      IndexKeys index,
      TagField field,
      int occurrence,
      List<CustomerTags.Value> candidates,
      Map<Tag, UUID> waiting) {
    List<Tags> tags =
        field.wholeForReindexing(
            candidates.stream()
                .map(value -> field.half(index, value.normalised(), occurrence))
                .toList(),
            keys);
    Map<Tag, Tag> newer = new HashMap<>();
    for (int i = 0; i < tags.size(); i++) {
      Tag older = tags.get(i).under(index.versions().settled());
      if (candidates.get(i).customer().equals(waiting.get(older))) {
        newer.put(older, tags.get(i).under(index.versions().newest()));
      }
    }
    return newer;
  }

  /** The rows of these customers. */
  static Set<Tag> of(Set<UUID> customers, List<Row> rows) {
    return rows.stream()
        .filter(row -> customers.contains(row.owner()))
        .map(Row::older)
        .collect(Collectors.toSet());
  }
}
