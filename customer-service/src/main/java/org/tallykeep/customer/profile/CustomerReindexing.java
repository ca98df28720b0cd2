package org.tallykeep.customer.profile;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.index.TagTable;
import org.tallykeep.customer.index.TagTable.Anew;
import org.tallykeep.customer.index.TagTable.Row;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.SignUps;

/** Tags of customers, made anew from their sealed values when the index key is turned over. */
@Singleton
final class CustomerReindexing {

  private static final String OWNER = "customer_id";

  private final OpenedCustomers customers;
  private final SearchableAttributes attributes;
  private final TagsAnew tags;

  CustomerReindexing(OpenedCustomers customers, SearchableAttributes attributes, TagsAnew tags) {
    this.customers = customers;
    this.attributes = attributes;
    this.tags = tags;
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

  @Produces
  @Singleton
  static Reindexed attributes(Transactions transactions, CustomerReindexing reindexing) {
    return new TagTable(transactions, AttributeField.TABLE, OWNER, reindexing::attributesAnew);
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
      if (identity != null) {
        // Which of them the row is of, its older tag tells.
        identity
            .externalIds()
            .forEach(id -> newer.putAll(row.anew(index, SignUps.tagsOf(index, id))));
      }
    }
    return new Anew(newer, TagsAnew.of(opened.erased(), rows));
  }

  private Anew contactsAnew(IndexKeys index, ContactField field, List<Row> rows) {
    return tags.anew(
        index,
        field.table(),
        rows,
        customers.open(
            Keys.Personal.CONTACT,
            owners(rows),
            (row, key) ->
                new TagsAnew.Values(
                    row.revision(), Map.of(field, field.of(ProfileSealer.contact(row, key))))));
  }

  private Anew attributesAnew(IndexKeys index, List<Row> rows) {
    return tags.anew(index, AttributeField.TABLE, rows, attributes.of(owners(rows)));
  }

  private static Set<UUID> owners(List<Row> rows) {
    return rows.stream().map(Row::owner).collect(Collectors.toSet());
  }
}
