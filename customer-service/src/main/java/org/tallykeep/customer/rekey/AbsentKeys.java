package org.tallykeep.customer.rekey;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;

/**
 * Keys of which nothing was found. A key is made before the row that is sealed with it is written:
 * one of which there is nothing yet must not lose its older version before it is certain that
 * nobody will use that any more. By then the row's transaction refuses to commit ({@link
 * RowDeadlines}), or had begun to: so those are waited for that were under way when the time was
 * over, however long a commit may take.
 */
final class AbsentKeys {

  private final InstantSource clock;
  private final Duration patience;
  private final Map<UUID, Absence> known = new HashMap<>();

  AbsentKeys(InstantSource clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Which transactions of the database are under way, by their numbers.
   *
   * @param oldest none before it is
   * @param next none from it on has begun to write
   */
  record UnderWay(long oldest, long next) {

    /** As of now: what is looked for afterwards has everything that had ended. */
    static UnderWay now(Connection connection) throws SQLException {
      return Sql.query(
              connection,
              """
              SELECT pg_snapshot_xmin(seen)::text::bigint, pg_snapshot_xmax(seen)::text::bigint
              FROM pg_current_snapshot() AS seen
              """,
              row -> new UnderWay(row.getLong(1), row.getLong(2)))
          .getFirst();
    }
  }

  /** Since when a key is absent, and which transaction is the first that may not use it. */
  private record Absence(Instant since, OptionalLong closed) {}

  /**
   * Takes note of those that are absent now, and whether one was for long enough.
   *
   * @param before what was under way before they were looked for
   */
  synchronized boolean forLong(UUID key, Set<UUID> absentNow, UnderWay before) {
    if (!absentNow.contains(key)) {
      known.remove(key);
      return false;
    }
    Instant now = clock.instant();
    Absence absence = known.computeIfAbsent(key, first -> new Absence(now, OptionalLong.empty()));
    if (absence.since.plus(patience).isAfter(now)) {
      return false;
    }
    long closed = absence.closed.orElse(before.next);
    known.put(key, new Absence(absence.since, OptionalLong.of(closed)));
    return before.oldest >= closed;
  }

  /** Nobody asks for these any more. */
  synchronized void forget(Set<UUID> keys) {
    known.keySet().removeAll(keys);
  }

  synchronized void forgetAll() {
    known.clear();
  }
}
