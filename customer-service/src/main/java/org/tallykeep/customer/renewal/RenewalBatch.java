package org.tallykeep.customer.renewal;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.customer.aggregate.HistoryRenewal;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.ledger.LedgerRenewal;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.PurchaserRenewal;

/**
 * Moves some pseudonyms of one shard with everything that is theirs on the purchasers' side, in one
 * transaction: whoever looks sees all of somebody under the old one or all of them under the new
 * one.
 */
@Singleton
final class RenewalBatch {

  private final Transactions transactions;
  private final IndexVersions index;
  private final PurchaserRenewal purchasers;
  private final LedgerRenewal ledger;
  private final HistoryRenewal histories;

  RenewalBatch(
      Transactions transactions,
      IndexVersions index,
      PurchaserRenewal purchasers,
      LedgerRenewal ledger,
      HistoryRenewal histories) {
    this.transactions = transactions;
    this.index = index;
    this.purchasers = purchasers;
    this.ledger = ledger;
    this.histories = histories;
  }

  void move(UUID renewal, int shard, List<UUID> pseudonyms) {
    try (PurchaserRenewal.Prepared prepared = purchasers.prepare(pseudonyms)) {
      index.with(
          keys ->
              transactions.call(
                  connection -> {
                    move(connection, keys, shard, prepared);
                    RenewalJobRepository.addDone(connection, renewal, prepared.ids().size());
                    purchasers.remember(connection, prepared);
                    return true;
                  }));
    }
  }

  /**
   * Locks in this order: the shard, the index, the mixer's, the ledger. Nobody waits for one of
   * them who has a later one.
   */
  private void move(
      Connection connection, IndexKeys keys, int shard, PurchaserRenewal.Prepared prepared)
      throws SQLException {
    HistoryRenewal.lock(connection, shard);
    // Whoever had the shard may have had it for long.
    keys.hold(connection);
    Map<UUID, UUID> pseudonyms = prepared.ids();
    purchasers.replace(connection, prepared);
    Map<UUID, UUID> purchases = ledger.move(connection, keys, shard, pseudonyms);
    histories.move(connection, shard, pseudonyms, purchases);
    // Here moves whatever else has a pseudonym in a row: both of a fold, that of an erasure's
    // intent.
  }
}
