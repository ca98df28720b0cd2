package org.tallykeep.customer.exports;

import static org.tallykeep.customer.exports.ExportRepository.first;
import static org.tallykeep.customer.exports.ExportRepository.time;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Sql;

/** The rows of exports, as workers take them. */
final class ExportWorkRepository {

  private ExportWorkRepository() {}

  /** Gives the oldest job that nobody is at to the holder. */
  static Optional<ExportJob> claim(Connection connection, UUID holder, Duration lease, Instant now)
      throws SQLException {
    return first(
        Sql.query(
            connection,
            """
            UPDATE export_job
            SET state = 'running', holder = ?, leased_until = now() + ? * interval '1 ms',
                started_at = coalesce(started_at, ?), attempts = attempts + 1
            WHERE id = (SELECT id FROM export_job
                        WHERE state = 'waiting' OR (state = 'running' AND leased_until <= now())
                        ORDER BY submitted_at FOR UPDATE SKIP LOCKED LIMIT 1)
            RETURNING
            """
                + ExportJob.COLUMNS,
            ExportJob::of,
            holder,
            lease.toMillis(),
            time(now)));
  }

  /**
   * Adds the chunks of a page and says where it ends, both or none.
   *
   * @return whether the job is to be cancelled; nothing if somebody else holds it
   */
  static Optional<Boolean> checkpoint(
      Connection connection,
      ExportJob job,
      UUID holder,
      ExportJob.Progress progress,
      List<byte[]> sealed,
      Duration lease)
      throws SQLException {
    Optional<Boolean> cancelling =
        first(
            Sql.query(
                connection,
                """
                UPDATE export_job
                SET at_partition = ?, at_id = ?, seen = ?, rows = ?, incomplete = ?, bytes = ?,
                    chunks = ?, attempts = 0, leased_until = now() + ? * interval '1 ms'
                WHERE id = ? AND holder = ? AND state = 'running'
                RETURNING cancelling
                """,
                row -> row.getBoolean(1),
                progress.at().partition(),
                progress.at().id(),
                progress.seen(),
                progress.rows(),
                progress.incomplete(),
                progress.bytes(),
                progress.chunks(),
                lease.toMillis(),
                job.id(),
                holder));
    if (cancelling.isPresent()) {
      int number = progress.chunks() - sealed.size();
      for (byte[] chunk : sealed) {
        Sql.update(
            connection, "INSERT INTO export_chunk VALUES (?, ?, ?)", job.id(), number++, chunk);
      }
    }
    return cancelling;
  }

  /** Leaves the job to whoever comes after a while. */
  static void leave(Connection connection, UUID id, UUID holder, Duration pause)
      throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE export_job SET leased_until = now() + ? * interval '1 ms'
        WHERE id = ? AND holder = ? AND state = 'running'
        """,
        pause.toMillis(),
        id,
        holder);
  }

  /** The file is whole, if the holder still has the job. */
  static void done(Connection connection, UUID id, UUID holder, Instant now, Instant expires)
      throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE export_job SET state = 'done', ended_at = ?, expires_at = ?, leased_until = NULL
        WHERE id = ? AND holder = ? AND state = 'running'
        """,
        time(now),
        time(expires),
        id,
        holder);
  }

  /**
   * Ends the job without a file, if the holder still has it. One that was being cancelled was, even
   * if it met the end of its grant first.
   */
  static void giveUp(
      Connection connection, UUID id, UUID holder, @Nullable String problem, Instant now)
      throws SQLException {
    int ended =
        Sql.update(
            connection,
            """
            UPDATE export_job
            SET state = CASE WHEN cancelling THEN 'cancelled' ELSE 'failed' END,
                problem = CASE WHEN cancelling THEN NULL ELSE nullif(?, '') END,
                ended_at = ?, sealed_key = NULL, leased_until = NULL
            WHERE id = ? AND holder = ? AND state = 'running'
            """,
            problem == null ? "" : problem,
            time(now),
            id,
            holder);
    if (ended == 1) {
      ExportRepository.deleteChunks(connection, id);
    }
  }

  /** A job that waits for an officer, and the grant that it waits for. */
  record Pending(UUID id, UUID grant, Instant submitted) {}

  static List<Pending> pending(Connection connection, int most) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT id, grant_id, submitted_at FROM export_job WHERE state = 'waiting-for-approval'
        ORDER BY submitted_at LIMIT ?
        """,
        row ->
            new Pending(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getObject(3, OffsetDateTime.class).toInstant()),
        most);
  }

  static void approved(Connection connection, UUID id) throws SQLException {
    Sql.update(
        connection,
        "UPDATE export_job SET state = 'waiting' WHERE id = ? AND state = 'waiting-for-approval'",
        id);
  }

  /** Ends a job whose grant ended before anybody approved it. */
  static void refused(Connection connection, UUID id, String problem, Instant now)
      throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE export_job SET state = 'failed', problem = ?, ended_at = ?, sealed_key = NULL
        WHERE id = ? AND state = 'waiting-for-approval'
        """,
        problem,
        time(now),
        id);
  }

  /** Deletes files whose time has come, each with its key; how many. */
  static int expire(Connection connection, Instant now) throws SQLException {
    List<UUID> expired =
        Sql.query(
            connection,
            """
            UPDATE export_job SET state = 'expired', sealed_key = NULL
            WHERE state = 'done' AND expires_at <= ? RETURNING id
            """,
            row -> row.getObject(1, UUID.class),
            time(now));
    Sql.update(
        connection, "DELETE FROM export_chunk WHERE job_id = ANY (?)", (Object) Sql.ids(expired));
    return expired.size();
  }

  /** Forgets what ended long ago. */
  static int dropOlder(Connection connection, Instant endedBefore) throws SQLException {
    return Sql.update(
        connection,
        "DELETE FROM export_job WHERE ended_at < ? AND sealed_key IS NULL",
        time(endedBefore));
  }
}
