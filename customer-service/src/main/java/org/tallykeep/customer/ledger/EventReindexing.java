package org.tallykeep.customer.ledger;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.index.TagTable;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;

/** Tags of events, made anew from the sealed purchases when the index key is turned over. */
@Singleton
final class EventReindexing {

  private final Transactions transactions;
  private final DatasetRecords records;

  EventReindexing(Transactions transactions, DatasetRecords records) {
    this.transactions = transactions;
    this.records = records;
  }

  @Produces
  @Singleton
  static Reindexed events(Transactions transactions, EventReindexing reindexing) {
    return reindexing.table(transactions, LedgerEvents.INDEX, PurchaseCodec::eventId);
  }

  @Produces
  @Singleton
  static Reindexed corrections(Transactions transactions, EventReindexing reindexing) {
    return reindexing.table(transactions, LedgerEvents.CORRECTIONS, PurchaseCodec::corrects);
  }

  private TagTable table(
      Transactions transactions, String table, Function<byte[], String> taggedEvent) {
    return new TagTable(
        transactions, table, "purchase_id", (keys, rows) -> anew(table, taggedEvent, keys, rows));
  }

  private TagTable.Anew anew(
      String table, Function<byte[], String> taggedEvent, IndexKeys keys, List<TagTable.Row> rows) {
    Map<Tag, String> eventIds = new HashMap<>();
    LeftRows left = new LeftRows("purchases");
    List<Tags> older = rows.stream().map(row -> new Tags(List.of(row.older()))).toList();
    transactions.run(
        c ->
            LedgerRepository.eachOf(
                c,
                table,
                older,
                (tag, row) ->
                    left.open(() -> taggedEvent.apply(LedgerEvents.payload(records, row)))
                        .ifPresent(eventId -> eventIds.put(tag, eventId))));
    left.say();
    Map<Tag, Tag> newer = new HashMap<>();
    for (TagTable.Row row : rows) {
      String eventId = eventIds.get(row.older());
      if (eventId != null) {
        newer.putAll(row.anew(keys, LedgerEvents.tags(keys, eventId)));
      }
    }
    return new TagTable.Anew(newer, Set.of());
  }
}
