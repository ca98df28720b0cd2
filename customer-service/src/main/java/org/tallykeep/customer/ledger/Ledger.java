package org.tallykeep.customer.ledger;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.BatchHandler;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.ledger.LedgerRepository.NewRow;
import org.tallykeep.customer.ledger.LedgerRepository.Tagged;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.Buyer;
import org.tallykeep.customer.purchaser.PurchaserErasure;
import org.tallykeep.customer.purchaser.Purchasers;
import org.tallykeep.envelope.RecordNotOpenedException;

/**
 * Takes purchases: ledger row, event tag and the place in the queue in one transaction, or nothing.
 */
@Singleton
final class Ledger implements BatchHandler<Purchase> {

  private static final Logger LOG = Logger.getLogger(Ledger.class);

  private static final RowAnswer.Refused UNKNOWN_CUSTOMER =
      new RowAnswer.Refused("unknown-customer", "customerId", "no customer has this id");
  private static final RowAnswer.Refused ERASED_BUYER =
      new RowAnswer.Refused(
          PurchaseProblem.ERASED, "externalId", "the customer with this id was erased");

  private static final RowAnswer.Refused ERASED_CUSTOMER =
      new RowAnswer.Refused(PurchaseProblem.ERASED, "customerId", "this customer was erased");

  private static final RowAnswer.Conflict OTHER_CONTENT =
      new RowAnswer.Conflict(
          "event-content-differs",
          "eventId",
          "this event was taken before with another content; nothing was changed");

  private static final RowAnswer.Conflict CORRECTED_BEFORE =
      new RowAnswer.Conflict(
          "corrected-before",
          "corrects",
          "that event has a correction already: correct the correction");

  private static final Content GONE = Content.of(new byte[0]);
  private static final There NOTHING = new There(null, GONE);

  private final Purchasers purchasers;
  private final IndexVersions index;
  private final DatasetRecords records;
  private final Transactions transactions;
  private final Event<PurchasesAccepted> accepted;

  Ledger(
      Purchasers purchasers,
      IndexVersions index,
      DatasetRecords records,
      Transactions transactions,
      Event<PurchasesAccepted> accepted) {
    this.purchasers = purchasers;
    this.index = index;
    this.records = records;
    this.transactions = transactions;
    this.accepted = accepted;
  }

  /** One row of a batch on its way; the buyer is null if there is no such customer. */
  private record Row(UUID id, Purchase purchase, @Nullable UUID purchaserId, Tags event) {}

  /** What stands, or will, under an event, and what it says. */
  private record There(@Nullable UUID id, Content content) {}

  @Override
  public List<RowAnswer> take(List<Purchase> purchases) {
    return take(purchases, NewIds.RANDOM);
  }

  /**
   * Takes purchases under these ids. What is there already under the id of its own row came of that
   * row, and is answered as accepted.
   */
  List<RowAnswer> take(List<Purchase> purchases, NewIds ids) {
    List<Buyer> buyers = purchases.stream().map(Purchase::buyer).toList();
    return index.with(
        keys -> {
          long seen = purchasers.seen();
          return take(keys, purchases, ids, new Resolved(seen, purchasers.resolve(buyers)));
        });
  }

  /** The buyers, and what was seen before they were resolved. */
  private record Resolved(long seen, List<Optional<UUID>> buyers) {}

  private List<RowAnswer> take(
      IndexKeys keys, List<Purchase> purchases, NewIds ids, Resolved resolved) {
    List<Row> rows = new ArrayList<>(purchases.size());
    Map<Tags, NewRow> firsts = new LinkedHashMap<>();
    for (int i = 0; i < purchases.size(); i++) {
      Purchase purchase = purchases.get(i);
      UUID purchaser = resolved.buyers.get(i).orElse(null);
      Tags event = LedgerEvents.tags(keys, purchase.eventId());
      UUID id = ids.of(i);
      rows.add(new Row(id, purchase, purchaser, event));
      if (purchaser != null) {
        firsts.computeIfAbsent(event, absent -> new NewRow(id, purchaser, purchase, event));
      }
    }
    Outcome outcome =
        firsts.isEmpty()
            ? new Outcome(0, Map.of(), Set.of(), new Buyers(Map.of(), Set.of()))
            : transactions.call(
                connection -> write(connection, keys, firsts.values(), resolved.seen));
    if (outcome.accepted > 0) {
      accepted.fire(new PurchasesAccepted(outcome.accepted));
    }
    return answers(rows, outcome);
  }

  /**
   * How many rows were new, what the events say that had been there, what was not taken, and what
   * became of the buyers meanwhile.
   */
  private record Outcome(int accepted, Map<Tags, There> before, Set<Tags> refused, Buyers buyers) {}

  /**
   * What became of buyers since they were resolved.
   *
   * @param renewed what those are called now who got another pseudonym
   * @param gone who were erased, as they are called now
   */
  private record Buyers(Map<UUID, UUID> renewed, Set<UUID> gone) {
    UUID now(UUID resolved) {
      return renewed.getOrDefault(resolved, resolved);
    }
  }

  /**
   * Only when the ledger is open for writing: whoever renews or erases a buyer waits for those who
   * write, and then lets none write under a pseudonym that is not theirs any more.
   */
  private Buyers buyers(Connection connection, Collection<NewRow> sent, long seen)
      throws SQLException {
    Set<UUID> resolved = sent.stream().map(NewRow::purchaserId).collect(Collectors.toSet());
    Map<UUID, UUID> renewed = purchasers.current(connection, seen, resolved);
    Set<UUID> now = new HashSet<>();
    resolved.forEach(buyer -> now.add(renewed.getOrDefault(buyer, buyer)));
    return new Buyers(renewed, PurchaserErasure.goneAmong(connection, now));
  }

  private Outcome write(Connection connection, IndexKeys keys, Collection<NewRow> sent, long seen)
      throws SQLException {
    keys.hold(connection);
    if (Corrections.anyIn(sent)) {
      Partitions.lockOutWriters(connection);
    }
    int partition = Partitions.openForWriting(connection);
    Buyers buyers = buyers(connection, sent, seen);
    List<NewRow> firsts =
        sent.stream()
            .map(row -> row.under(buyers.renewed))
            .filter(row -> !buyers.gone.contains(row.purchaserId()))
            .toList();
    List<NewRow> rows =
        firsts.stream().sorted(Comparator.comparing(NewRow::event, Tags.ORDER)).toList();
    Set<UUID> inserted =
        LedgerRepository.insertTags(
            connection,
            LedgerEvents.INDEX,
            partition,
            rows.stream().map(row -> new Tagged(row.id(), row.event())).toList());
    Corrections.Settled settled =
        Corrections.settle(
            connection,
            keys,
            partition,
            firsts.stream().filter(row -> inserted.contains(row.id())).toList());
    List<NewRow> fresh = settled.taken();
    List<byte[]> sealed = new ArrayList<>(fresh.size());
    for (NewRow row : fresh) {
      byte[] payload = PurchaseCodec.encode(row.purchase(), row.purchaserId());
      sealed.add(
          records.seal(LedgerEvents.PURPOSE, LedgerEvents.associatedData(row.id()), payload));
    }
    if (!fresh.isEmpty()) {
      LedgerRepository.insertPurchases(connection, partition, fresh, sealed);
      LedgerRepository.insertPending(
          connection,
          partition,
          fresh.stream().filter(row -> !settled.corrected().contains(row.id())).toList());
    }
    List<Tags> known =
        rows.stream().filter(row -> !inserted.contains(row.id())).map(NewRow::event).toList();
    return new Outcome(
        fresh.size(),
        known.isEmpty() ? Map.of() : contents(connection, known),
        settled.refused(),
        buyers);
  }

  private Map<Tags, There> contents(Connection connection, List<Tags> events) throws SQLException {
    Map<Tag, There> found = new HashMap<>();
    LedgerRepository.eachOf(
        connection, events, (tag, row) -> found.put(tag, new There(row.id(), contentOf(row))));
    Map<Tags, There> contents = new HashMap<>();
    for (Tags event : events) {
      // Whose purchase is gone contradicts whatever is sent: it must not be counted again.
      contents.put(event, Objects.requireNonNullElse(event.in(found), NOTHING));
    }
    return contents;
  }

  /** What does not open is as good as gone, and stops nothing that comes behind it. */
  private Content contentOf(LedgerRepository.StoredRow row) {
    try {
      return Content.of(LedgerEvents.payload(records, row));
    } catch (RecordNotOpenedException e) {
      LOG.errorf("Purchase %s does not open", row.id());
      return GONE;
    }
  }

  /** An external id is everybody's who was not erased. */
  private static RowAnswer nobody(Buyer buyer, boolean unknown) {
    return switch (buyer) {
      case Buyer.ByCustomer _ -> unknown ? UNKNOWN_CUSTOMER : ERASED_CUSTOMER;
      case Buyer.ByExternalId _ -> ERASED_BUYER;
    };
  }

  /** The first row of a new event is taken; every other is compared with what is there. */
  private static List<RowAnswer> answers(List<Row> rows, Outcome outcome) {
    Map<Tags, There> there = new HashMap<>(outcome.before);
    List<RowAnswer> answers = new ArrayList<>(rows.size());
    for (Row row : rows) {
      UUID purchaser = row.purchaserId == null ? null : outcome.buyers.now(row.purchaserId);
      if (purchaser == null || outcome.buyers.gone.contains(purchaser)) {
        answers.add(nobody(row.purchase.buyer(), purchaser == null));
        continue;
      }
      if (outcome.refused.contains(row.event)) {
        answers.add(CORRECTED_BEFORE);
        continue;
      }
      Content content = Content.of(PurchaseCodec.encode(row.purchase, purchaser));
      There before = there.putIfAbsent(row.event, new There(row.id, content));
      if (before == null) {
        answers.add(new RowAnswer.Accepted());
      } else if (content.equals(before.content)) {
        answers.add(
            row.id.equals(before.id) ? new RowAnswer.Accepted() : new RowAnswer.Duplicate(null));
      } else {
        answers.add(OTHER_CONTENT);
      }
    }
    return answers;
  }
}
