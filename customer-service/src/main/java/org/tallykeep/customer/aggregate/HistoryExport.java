package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.HistoryStreamWriter;
import org.tallykeep.aggregates.RevisionCursor;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.platform.RetailerConfig;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.platform.problem.Unavailable;

/** Streams sealed histories and their manifests out of one snapshot, in constant memory. */
@Singleton
final class HistoryExport {

  private static final int FETCH = 2000;

  /** Each holds a connection for as long as its caller takes to read. */
  private static final Semaphore AT_ONCE = new Semaphore(4);

  private final Transactions transactions;
  private final Manifests manifests;
  private final RetailerConfig retailer;

  HistoryExport(Transactions transactions, Manifests manifests, RetailerConfig retailer) {
    this.transactions = transactions;
    this.manifests = manifests;
    this.retailer = retailer;
  }

  /**
   * Writes what is newer than the cursor. The output is flushed at the end and never closed:
   * whoever reads a stream that failed must see that it did.
   *
   * @throws IOException when the output cannot be written any more
   */
  void write(RevisionCursor after, OutputStream output) throws IOException {
    if (!AT_ONCE.tryAcquire()) {
      throw new TooManyExports();
    }
    try {
      transactions.run(
          connection -> {
            try {
              write(connection, after, output);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      AT_ONCE.release();
    }
  }

  /** All places are taken; the caller comes again. */
  private static final class TooManyExports extends Unavailable {
    private static final long serialVersionUID = 1L;

    TooManyExports() {
      super(
          "too-many-exports",
          "As many exports run as this service takes at once. Ask again in a while.",
          Duration.ofSeconds(5),
          null);
    }
  }

  private void write(Connection connection, RevisionCursor after, OutputStream output)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      // Takes no snapshot, so a rewrite is either over before the snapshot or waits for its end.
      statement.execute("LOCK TABLE purchase_history IN ACCESS SHARE MODE");
    }
    HistoryStreamWriter stream = new HistoryStreamWriter(output);
    stream.header(header(manifests.all(connection, Dataset.PURCHASE_HISTORY)));
    try (PreparedStatement newer =
        connection.prepareStatement(
            """
            SELECT h.shard, h.id, h.revision, h.sealed
            FROM unnest(?::int[], ?::bigint[]) AS c(shard, revision)
            JOIN purchase_history h ON h.shard = c.shard AND h.revision > c.revision
            """)) {
      newer.setArray(1, shards(connection));
      newer.setArray(2, revisions(connection, after));
      newer.setFetchSize(FETCH);
      try (ResultSet rows = newer.executeQuery()) {
        while (rows.next()) {
          stream.row(
              new HistoryStream.Row(
                  rows.getInt(1),
                  rows.getObject(2, UUID.class),
                  rows.getLong(3),
                  rows.getBytes(4)));
        }
      }
    }
    stream.end();
  }

  private HistoryStream.Header header(List<ShardManifest> all) {
    return new HistoryStream.Header(
        retailer.currency(),
        Currency.getInstance(retailer.currency()).getDefaultFractionDigits(),
        retailer.zone().getId(),
        RevisionCursor.of(all.stream().mapToLong(ShardManifest::revision).toArray()),
        manifests.publicKey(),
        manifests.publicKeyMac(),
        all);
  }

  private static Array shards(Connection connection) throws SQLException {
    return connection.createArrayOf(
        "int4", IntStream.range(0, Shards.COUNT).boxed().toArray(Integer[]::new));
  }

  private static Array revisions(Connection connection, RevisionCursor after) throws SQLException {
    return connection.createArrayOf(
        "int8", IntStream.range(0, Shards.COUNT).mapToObj(after::revision).toArray(Long[]::new));
  }
}
