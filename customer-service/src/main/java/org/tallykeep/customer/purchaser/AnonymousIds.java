package org.tallykeep.customer.purchaser;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.index.TagTable;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.suppression.Suppression;
import org.tallykeep.envelope.AssociatedData;

/**
 * External ids of anonymous buyers, sealed beside their tags so that these can be made anew. No
 * other sealed value has them: the ledger knows buyers by pseudonym alone.
 */
@Singleton
public final class AnonymousIds {

  private static final String LEDGER = "ledger";
  private static final String TABLE = "purchaser_external_id";

  private final DatasetRecords records;
  private final Suppression suppression;

  AnonymousIds(DatasetRecords records, Suppression suppression) {
    this.records = records;
    this.suppression = suppression;
  }

  /** Those that were an erased customer's: they become nobody's again. */
  Set<ExternalId> keptAway(Collection<ExternalId> unknown) {
    return suppression.of(unknown, (keys, ids) -> marks(suppression, keys, ids)).keySet();
  }

  static List<Set<Tag>> marks(Suppression suppression, IndexKeys keys, List<ExternalId> ids) {
    List<Tag> tags = ids.stream().map(id -> id.customerTags(keys).all().getLast()).toList();
    return suppression.wrapped(tags).stream().map(Set::of).toList();
  }

  /** The external ids of those of the purchasers who are anonymous buyers. */
  public Map<UUID, String> of(Transactions transactions, Collection<UUID> purchasers) {
    Map<UUID, String> ids = new HashMap<>();
    LeftRows left = new LeftRows("external ids of anonymous buyers");
    transactions
        .call(c -> PurchaserRepository.externalIds(c, purchasers))
        .forEach(
            (purchaser, theirs) ->
                left.open(() -> open(purchaser, theirs))
                    .ifPresent(id -> ids.put(purchaser, id.value())));
    left.say();
    return ids;
  }

  byte[] seal(UUID purchaser, ExternalId id) {
    return records.seal(LEDGER, place(purchaser), id.value().getBytes(StandardCharsets.UTF_8));
  }

  /** The same under another pseudonym. */
  byte[] move(UUID from, byte[] sealed, UUID to) {
    return seal(to, open(from, sealed));
  }

  private ExternalId open(UUID purchaser, byte[] sealed) {
    return ExternalId.of(
        new String(records.open(LEDGER, place(purchaser), sealed), StandardCharsets.UTF_8));
  }

  private static AssociatedData place(UUID purchaser) {
    return AssociatedData.of(TABLE, purchaser, "external_id", 1);
  }

  @Produces
  @Singleton
  static Reindexed reindexed(Transactions transactions, AnonymousIds ids) {
    return new TagTable(
        transactions,
        TABLE,
        "purchaser_id",
        (keys, rows) ->
            ids.anew(
                keys,
                rows,
                transactions.call(
                    c ->
                        PurchaserRepository.externalIds(
                            c, rows.stream().map(TagTable.Row::owner).toList()))));
  }

  /**
   * A row from before external ids were kept waits until its buyer is met again, or let go ({@link
   * UnnamedBuyers}).
   */
  private TagTable.Anew anew(IndexKeys keys, List<TagTable.Row> rows, Map<UUID, byte[]> sealed) {
    Map<Tag, Tag> newer = new HashMap<>();
    LeftRows left = new LeftRows("external ids of anonymous buyers");
    for (TagTable.Row row : rows) {
      byte[] theirs = sealed.get(row.owner());
      if (theirs != null) {
        left.open(() -> open(row.owner(), theirs))
            .ifPresent(id -> newer.putAll(row.anew(keys, id.anonymousTags(keys))));
      }
    }
    left.say();
    return new TagTable.Anew(newer, Set.of());
  }
}
