package org.tallykeep.analytics.histories;

import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.analytics.platform.Transactions;

/**
 * Remembers revisions in this service's database, out of reach of whoever sets another one back.
 */
@Singleton
final class StoredRevisions implements SeenRevisions {

  private final Transactions transactions;

  StoredRevisions(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public long[] highest() {
    return transactions.call(
        connection -> {
          long[] revisions = new long[Shards.COUNT];
          try (PreparedStatement select =
                  connection.prepareStatement("select shard, revision from seen_revision");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              revisions[rows.getInt("shard")] = rows.getLong("revision");
            }
          }
          return revisions;
        });
  }

  @Override
  public void remember(long[] revisions, boolean evenIfLower) {
    transactions.call(
        connection -> {
          try (PreparedStatement upsert =
              connection.prepareStatement(
                  """
                  insert into seen_revision (shard, revision) values (?, ?)
                  on conflict (shard) do update set revision = excluded.revision
                  where ? or seen_revision.revision < excluded.revision
                  """)) {
            for (int shard = 0; shard < revisions.length; shard++) {
              upsert.setInt(1, shard);
              upsert.setLong(2, revisions[shard]);
              upsert.setBoolean(3, evenIfLower);
              upsert.addBatch();
            }
            return upsert.executeBatch().length;
          }
        });
  }
}
