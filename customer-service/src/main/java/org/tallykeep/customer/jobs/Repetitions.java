package org.tallykeep.customer.jobs;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;

/**
 * Tags by which a sender is known, and a request that comes again, under a key made once for all
 * replicas. Not under the index key: that is turned over, and what callers named their requests is
 * kept nowhere to be tagged anew.
 */
@Singleton
public final class Repetitions {

  private static final byte[] REQUEST = "request".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OWNER = "owner".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

  private final Transactions transactions;
  private final DatasetRecords records;
  private final SecureRandom random;
  private volatile @Nullable JobKey key;

  private record Stored(UUID id, byte[] sealed) {}

  Repetitions(Transactions transactions, DatasetRecords records, SecureRandom random) {
    this.transactions = transactions;
    this.records = records;
    this.random = random;
  }

  /** The tag of what a caller named a request. */
  public byte[] tag(String caller, String name) {
    return key()
        .tag(
            REQUEST,
            caller.getBytes(StandardCharsets.UTF_8),
            name.getBytes(StandardCharsets.UTF_8));
  }

  /** The tag by which a sender's jobs are known. */
  byte[] ownerTag(String caller) {
    return key().tag(OWNER, caller.getBytes(StandardCharsets.UTF_8));
  }

  /** The tag of what was sent, from its digest. */
  byte[] contentTag(byte[] digest) {
    return key().tag(CONTENT, digest);
  }

  private JobKey key() {
    JobKey known = key;
    if (known == null) {
      Stored stored = loadOrMake();
      known = JobKey.open(records, JobKey.Use.IMPORT, stored.id, stored.sealed);
      key = known;
    }
    return known;
  }

  private Stored loadOrMake() {
    return transactions.call(
        c -> {
          List<Stored> stored = load(c);
          if (stored.isEmpty()) {
            UUID id = UUID.randomUUID();
            // Of two replicas that are first at once, one makes the key and the other finds it.
            Sql.update(
                c,
                """
                INSERT INTO import_repetition_key (id, sealed) VALUES (?, ?) ON CONFLICT DO NOTHING
                """,
                id,
                JobKey.make(records, JobKey.Use.IMPORT, id, random));
            stored = load(c);
          }
          return stored.getFirst();
        });
  }

  private static List<Stored> load(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        "SELECT id, sealed FROM import_repetition_key",
        row -> new Stored(row.getObject(1, UUID.class), row.getBytes(2)));
  }
}
