package org.tallykeep.customer.ledger;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.BatchHandler;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.ledger.LedgerRepository.NewRow;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.Buyer;
import org.tallykeep.customer.purchaser.Purchasers;
import org.tallykeep.envelope.BlindIndexKey;

/**
 * Takes purchases: ledger row, event tag and the place in the queue in one transaction, or nothing.
 */
@Singleton
final class Ledger implements BatchHandler<Purchase> {

  private static final RowAnswer.Refused UNKNOWN_CUSTOMER =
      new RowAnswer.Refused("unknown-customer", "customerId", "no customer has this id");
  private static final RowAnswer.Conflict OTHER_CONTENT =
      new RowAnswer.Conflict(
          "event-content-differs",
          "eventId",
          "this event was taken before with another content; nothing was changed");

  private final Purchasers purchasers;
  private final Keys keys;
  private final DatasetRecords records;
  private final Transactions transactions;
  private final Event<PurchasesAccepted> accepted;

  Ledger(
      Purchasers purchasers,
      Keys keys,
      DatasetRecords records,
      Transactions transactions,
      Event<PurchasesAccepted> accepted) {
    this.purchasers = purchasers;
    this.keys = keys;
    this.records = records;
    this.transactions = transactions;
    this.accepted = accepted;
  }

  /** One row of a batch on its way; the buyer is null if there is no such customer. */
  private record Row(Purchase purchase, @Nullable UUID purchaserId, EventTags tags) {}

  @Override
  public List<RowAnswer> take(List<Purchase> purchases) {
    List<Row> rows = resolve(purchases);
    Map<Tag, NewRow> firsts = new HashMap<>();
    for (Row row : rows) {
      if (row.purchaserId != null && !firsts.containsKey(row.tags.event())) {
        firsts.put(
            row.tags.event(),
            new NewRow(UUID.randomUUID(), row.purchaserId, row.purchase, row.tags));
      }
    }
    Outcome outcome =
        firsts.isEmpty()
            ? new Outcome(Map.of(), Map.of())
            : transactions.call(connection -> write(connection, firsts.values()));
    if (!outcome.accepted.isEmpty()) {
      accepted.fire(new PurchasesAccepted(outcome.accepted.size()));
    }
    return answers(rows, outcome);
  }

  private List<Row> resolve(List<Purchase> purchases) {
    List<Buyer> buyers = purchases.stream().map(Purchase::buyer).toList();
    List<Optional<UUID>> resolved = purchasers.resolve(buyers);
    BlindIndexKey key = keys.index();
    List<Row> rows = new ArrayList<>(purchases.size());
    for (int i = 0; i < purchases.size(); i++) {
      Purchase purchase = purchases.get(i);
      rows.add(new Row(purchase, resolved.get(i).orElse(null), EventTags.of(purchase, key)));
    }
    return rows;
  }

  /** Contents by event: of the rows that were new, and of those that had been there. */
  private record Outcome(Map<Tag, Tag> accepted, Map<Tag, Tag> before) {}

  private Outcome write(Connection connection, Collection<NewRow> firsts) throws SQLException {
    List<NewRow> rows =
        firsts.stream().sorted(Comparator.comparing(row -> row.tags().event(), Tag.ORDER)).toList();
    int partition = Partitions.openForWriting(connection);
    Set<UUID> inserted = LedgerRepository.insertEvents(connection, partition, rows);
    List<NewRow> fresh = rows.stream().filter(row -> inserted.contains(row.id())).toList();
    Map<Tag, Tag> accepted = new HashMap<>();
    List<byte[]> sealed = new ArrayList<>(fresh.size());
    for (NewRow row : fresh) {
      byte[] payload = PurchaseCodec.encode(row.purchase(), row.purchaserId());
      sealed.add(
          records.seal(LedgerEvents.PURPOSE, LedgerEvents.associatedData(row.id()), payload));
      accepted.put(row.tags().event(), row.tags().content());
    }
    if (!fresh.isEmpty()) {
      LedgerRepository.insertPurchases(connection, partition, fresh, sealed);
      LedgerRepository.insertPending(connection, partition, fresh);
    }
    List<Tag> known =
        rows.stream()
            .filter(row -> !inserted.contains(row.id()))
            .map(row -> row.tags().event())
            .toList();
    return new Outcome(
        accepted, known.isEmpty() ? Map.of() : LedgerRepository.contents(connection, known));
  }

  /** The first row of a new event is taken; every other is compared with what is there. */
  private static List<RowAnswer> answers(List<Row> rows, Outcome outcome) {
    Map<Tag, Tag> there = new HashMap<>(outcome.before);
    List<RowAnswer> answers = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Tag event = row.tags.event();
      Tag content = row.tags.content();
      if (row.purchaserId == null) {
        answers.add(UNKNOWN_CUSTOMER);
      } else if (!there.containsKey(event)) {
        there.put(event, content);
        answers.add(new RowAnswer.Accepted());
      } else if (content.equals(there.get(event))) {
        answers.add(new RowAnswer.Duplicate(null));
      } else {
        answers.add(OTHER_CONTENT);
      }
    }
    return answers;
  }
}
