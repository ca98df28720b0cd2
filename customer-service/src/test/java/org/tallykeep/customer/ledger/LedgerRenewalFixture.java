package org.tallykeep.customer.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;

/** What a renewal does to the ledger, and what there is to see of it, for the tests of others. */
public final class LedgerRenewalFixture {

  private final Transactions transactions;
  private final DatasetRecords records;
  public final LedgerRenewal renewal;

  public LedgerRenewalFixture(Transactions transactions, DatasetRecords records) {
    this.transactions = transactions;
    this.records = records;
    this.renewal = new LedgerRenewal(records);
  }

  /** A purchase as it stands: where, whose, and all that its payload says. */
  public record Stored(
      UUID id,
      UUID purchaser,
      boolean isVoid,
      boolean isPending,
      boolean isParked,
      boolean isTagged,
      PurchaseCodec.Read read) {
    /** All of it but for the names that a renewal replaces. */
    public String content() {
      LedgerPurchase purchase = read.purchase();
      return String.join(
          " ",
          read.eventId(),
          String.valueOf(read.corrects()),
          String.valueOf(read.second()),
          String.valueOf(read.note()),
          Integer.toString(purchase.epochDay()),
          Boolean.toString(purchase.isReturn()),
          purchase.lines().stream()
              .map(l -> l.product().code() + l.units() + "/" + l.amountMinor())
              .toList()
              .toString(),
          "%s %s %s %s".formatted(isVoid, isPending, isParked, isTagged));
    }

    /** Whether it is sealed under the pseudonym that it stands under. */
    public boolean isWhole() {
      return read.purchase().purchaserId().equals(purchaser);
    }
  }

  /** By their events. */
  public Map<String, Stored> all() {
    Map<String, Stored> all = new HashMap<>();
    transactions.run(
        c ->
            Sql.query(
                c,
                """
                SELECT id, purchaser_id, sealed,
                  EXISTS (SELECT FROM purchase_void v WHERE v.purchase_id = p.id) AS void,
                  EXISTS (SELECT FROM purchase_pending q WHERE q.purchase_id = p.id
                    AND q.purchaser_id = p.purchaser_id AND q.partition = p.partition) AS pending,
                  EXISTS (SELECT FROM purchase_parked q WHERE q.purchase_id = p.id
                    AND q.purchaser_id = p.purchaser_id AND q.partition = p.partition) AS parked,
                  (SELECT count(*) FROM purchase_event e WHERE e.purchase_id = p.id
                    AND e.partition = p.partition) = 1 AS tagged
                FROM purchase p
                """,
                row -> {
                  LedgerRepository.StoredRow stored = LedgerRepository.StoredRow.of(row);
                  PurchaseCodec.Read read =
                      PurchaseCodec.read(stored.id(), LedgerEvents.payload(records, stored));
                  return all.put(
                      read.eventId(),
                      new Stored(
                          stored.id(),
                          stored.purchaserId(),
                          row.getBoolean("void"),
                          row.getBoolean("pending"),
                          row.getBoolean("parked"),
                          row.getBoolean("tagged"),
                          read));
                }));
    return all;
  }
}
