package org.tallykeep.customer.profile;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.index.TagTable;
import org.tallykeep.customer.index.TagTable.Anew;
import org.tallykeep.customer.index.TagTable.Row;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.SignUps;

/** Tags of customers, made anew from their sealed values when the index key is turned over. */
@Singleton
final class CustomerReindexing {

  private static final String OWNER = "customer_id";

  private final Transactions transactions;
  private final Keys keys;
  private final OpenedCustomers customers;
  private final ContactTags contactTags;

  CustomerReindexing(
      Transactions transactions, Keys keys, OpenedCustomers customers, ContactTags contactTags) {
    this.transactions = transactions;
    this.keys = keys;
    this.customers = customers;
    this.contactTags = contactTags;
  }

  @Produces
  @Singleton
  static Reindexed externalIds(Transactions transactions, CustomerReindexing reindexing) {
    return new TagTable(transactions, "customer_external_id", OWNER, reindexing::externalIdsAnew);
  }

  @Produces
  @Singleton
  static Reindexed emails(Transactions transactions, CustomerReindexing reindexing) {
    return contacts(transactions, reindexing, ContactField.EMAIL);
  }

  @Produces
  @Singleton
  static Reindexed phones(Transactions transactions, CustomerReindexing reindexing) {
    return contacts(transactions, reindexing, ContactField.PHONE);
  }

  private static Reindexed contacts(
      Transactions transactions, CustomerReindexing reindexing, ContactField field) {
    return new TagTable(
        transactions,
        field.table(),
        OWNER,
        (index, rows) -> reindexing.contactsAnew(index, field, rows));
  }

  private Anew externalIdsAnew(IndexKeys index, List<Row> rows) {
    var opened = customers.open(Keys.Personal.IDENTITY, owners(rows), ProfileSealer::identity);
    Map<Tag, Tag> newer = new HashMap<>();
    for (Row row : rows) {
      ProfileCodec.Identity identity = opened.values().get(row.owner());
      if (identity != null && identity.externalId() != null) {
        newer.putAll(row.anew(index, SignUps.tagsOf(index, identity.externalId())));
      }
    }
    return new Anew(newer, of(opened.erased(), rows));
  }

  /**
   * Which of a customer's values a row is of, and of which occurrence, its older tag tells: the
   * newer one is of the same, so that where one is free the other is. A customer with a row that is
   * of none of their values, as when two changes met, gets all of that field's tags anew: nobody
   * who is there loses one, even if the older key were not the one that the tags were made with.
   */
  private Anew contactsAnew(IndexKeys index, ContactField field, List<Row> rows) {
    var opened =
        customers.open(
            Keys.Personal.CONTACT,
            owners(rows),
            (row, key) -> new Contacts(row.revision(), field.of(ProfileSealer.contact(row, key))));
    Map<Tag, UUID> waiting = new HashMap<>();
    rows.forEach(row -> waiting.put(row.older(), row.owner()));
    Map<Tag, Tag> newer = new HashMap<>();
    for (int j = 0; j < ContactTags.OCCURRENCES && !waiting.isEmpty(); j++) {
      newer.putAll(occurrence(index, field, j, opened.values(), waiting));
      waiting.keySet().removeAll(newer.keySet());
    }
    for (UUID customer : new HashSet<>(waiting.values())) {
      Contacts contacts = opened.values().get(customer);
      if (contacts != null) {
        tagAnew(index, field, customer, contacts);
      }
    }
    return new Anew(newer, of(opened.erased(), rows));
  }

  /** What a customer can be looked up by, and in which revision it was read. */
  private record Contacts(int revision, List<String> normalised) {
    @Override
    public String toString() {
      return "Contacts";
    }
  }

  /** Unless the customer was changed since: then the tags are of that change. */
  private void tagAnew(IndexKeys index, ContactField field, UUID customer, Contacts contacts) {
    ContactTags.Replacement replacement =
        contactTags.replacement(index, customer, field, contacts.normalised);
    transactions.run(
        c -> {
          replacement.hold(c);
          if (CustomerRepository.lock(c, customer)
              .filter(row -> row.revision() == contacts.revision)
              .isPresent()) {
            replacement.write(c);
          }
        });
    replacement.lost().forEach(contactTags::add);
  }

  private Map<Tag, Tag> occurrence(
      IndexKeys index,
      ContactField field,
      int occurrence,
      Map<UUID, Contacts> contacts,
      Map<Tag, UUID> waiting) {
    List<ContactTags.Value> candidates =
        waiting.values().stream()
            .distinct()
            .flatMap(
                customer ->
                    Optional.ofNullable(contacts.get(customer)).stream()
                        .flatMap(each -> each.normalised.stream())
                        .map(value -> new ContactTags.Value(customer, value)))
            .distinct()
            .toList();
    List<Tags> tags =
        ContactField.whole(
            candidates.stream()
                .map(value -> field.half(index, value.normalised(), occurrence))
                .toList(),
            ours -> keys.tagsForReindexing(field.kind(), ours));
    Map<Tag, Tag> newer = new HashMap<>();
    for (int i = 0; i < tags.size(); i++) {
      Tag older = tags.get(i).under(index.versions().settled());
      if (candidates.get(i).customer().equals(waiting.get(older))) {
        newer.put(older, tags.get(i).under(index.versions().newest()));
      }
    }
    return newer;
  }

  private static Set<UUID> owners(List<Row> rows) {
    return rows.stream().map(Row::owner).collect(Collectors.toSet());
  }

  private static Set<Tag> of(Set<UUID> customers, List<Row> rows) {
    return rows.stream()
        .filter(row -> customers.contains(row.owner()))
        .map(Row::older)
        .collect(Collectors.toSet());
  }
}
