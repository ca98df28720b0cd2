package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Versions;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.envelope.BlindIndexKey;

/**
 * Under which version of the index key the ids of a shard's series are made: all of a shard under
 * one. Read and changed by whoever has the shard.
 */
@Singleton
final class SeriesVersions {

  private final IndexVersions index;

  SeriesVersions(IndexVersions index) {
    this.index = index;
  }

  /** A shard without series begins with the newest. */
  BlindIndexKey keyOf(Connection connection, int shard) throws SQLException {
    Versions inForce = index.inForce(connection);
    Optional<Integer> found = find(connection, shard);
    if (found.isEmpty()) {
      save(connection, shard, inForce.newest());
    }
    return index.key(inForce, found.orElse(inForce.newest()));
  }

  Optional<Integer> find(Connection connection, int shard) throws SQLException {
    return Sql.query(
            connection,
            "SELECT version FROM series_version WHERE shard = ?",
            row -> row.getInt(1),
            shard)
        .stream()
        .findFirst();
  }

  void save(Connection connection, int shard, int version) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO series_version VALUES (?, ?)
        ON CONFLICT (shard) DO UPDATE SET version = excluded.version
        """,
        shard,
        version);
  }

  /** How many shards are under that version. */
  long under(Connection connection, int version) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM series_version WHERE version = ?", version);
  }
}
