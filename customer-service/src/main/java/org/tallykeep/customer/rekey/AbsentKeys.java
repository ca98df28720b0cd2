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
 * over, however long a commit may take, before it is looked once more.
 */
final class AbsentKeys {

  private final Duration patience;
  private final Map<UUID, Absence> known = new HashMap<>();

  AbsentKeys(Duration patience) {
    this.patience = patience;
  }

  /**
   * Which transactions of the database server are under way, by their numbers, which they get when
   * they first write something.
   *
   * @param at before the others were read
   * @param oldest all before it have ended
   * @param own whoever had written something by then has a lower one
   */
  record UnderWay(Instant at, long oldest, long own) {

    static UnderWay now(Connection connection, InstantSource clock) throws SQLException {
      Instant at = clock.instant();
      // Not the snapshot's end: that comes after the newest that has ended, not after the newest.
      long own = Sql.number(connection, "SELECT pg_current_xact_id()::text::bigint");
      long oldest =
          Sql.number(connection, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
      return new UnderWay(at, oldest, own);
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
    Absence absence =
        known.computeIfAbsent(key, first -> new Absence(before.at, OptionalLong.empty()));
    if (absence.since.plus(patience).isAfter(before.at)) {
      return false;
    }
    long closed = absence.closed.orElse(before.own);
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
