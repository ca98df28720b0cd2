package org.tallykeep.customer.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.ImportSummary;
import org.tallykeep.customer.platform.Sql;

/** The rows of jobs, as callers see them and as a worker takes them. */
final class JobRepository {

  private JobRepository() {}

  /** The job, if its upload is complete. */
  static Optional<Job> find(Connection connection, UUID id) throws SQLException {
    return first(
        Sql.query(
            connection,
            "SELECT " + Job.COLUMNS + " FROM import_job WHERE id = ? AND state <> 'uploading'",
            Job::of,
            id));
  }

  static Optional<Job> findRepeated(Connection connection, byte[] repetition) throws SQLException {
    return first(
        Sql.query(
            connection,
            "SELECT " + Job.COLUMNS + " FROM import_job WHERE repetition = ?",
            Job::of,
            repetition));
  }

  /** The newest first, from behind the one given on. */
  static List<Job> newest(
      Connection connection, Owner owner, Instant submittedBefore, UUID idBelow, int most)
      throws SQLException {
    return Sql.query(
        connection,
        "SELECT "
            + Job.COLUMNS
            + """
             FROM import_job
            WHERE state <> 'uploading' AND (? OR owner = ?) AND (submitted_at, id) < (?, ?)
            ORDER BY submitted_at DESC, id DESC LIMIT ?
            """,
        Job::of,
        owner.everybody(),
        owner.tag(),
        time(submittedBefore),
        idBelow,
        most);
  }

  /**
   * Whose jobs are asked for.
   *
   * @param tag of one sender, if it is not everybody
   */
  record Owner(boolean everybody, byte[] tag) {
    static final Owner ANYBODY = new Owner(true, new byte[0]);

    @Override
    public String toString() {
      return "Owner";
    }
  }

  /** Whether that is the job of such an owner. */
  static boolean isOf(Connection connection, UUID id, Owner owner) throws SQLException {
    return owner.everybody()
        || Sql.number(
                connection,
                "SELECT count(*) FROM import_job WHERE id = ? AND owner = ?",
                id,
                owner.tag())
            == 1;
  }

  /** What a job's rows are sealed and named with: its key, and who sent it. */
  record Sealed(byte[] key, byte @Nullable [] sender) {
    @Override
    public String toString() {
      return "Sealed";
    }
  }

  static Sealed sealed(Connection connection, UUID id) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT sealed_key, submitter FROM import_job WHERE id = ? AND sealed_key IS NOT NULL
            """,
            row -> new Sealed(row.getBytes(1), row.getBytes(2)),
            id)
        .getFirst();
  }

  /** Gives the oldest job that nobody is at to the holder. */
  static Optional<Job> claim(Connection connection, UUID holder, Duration lease, Instant now)
      throws SQLException {
    return first(
        Sql.query(
            connection,
            """
            UPDATE import_job
            SET state = 'running', holder = ?, leased_until = now() + ? * interval '1 ms',
                started_at = coalesce(started_at, ?), attempts = attempts + 1,
                -- Who had it said nothing any more: it died of something.
                failures = failures + CASE WHEN holder IS NULL THEN 0 ELSE 1 END
            WHERE id = (SELECT id FROM import_job
                        WHERE state = 'waiting' OR (state = 'running' AND leased_until <= now())
                        ORDER BY submitted_at FOR UPDATE SKIP LOCKED LIMIT 1)
            RETURNING
            """
                + Job.COLUMNS,
            Job::of,
            holder,
            lease.toMillis(),
            time(now)));
  }

  /**
   * Writes how far the job has come and holds it longer.
   *
   * @return whether it is to be cancelled; nothing if somebody else holds it
   */
  static Optional<Boolean> checkpoint(
      Connection connection, UUID id, UUID holder, Checkpoint at, Duration lease)
      throws SQLException {
    return first(
        Sql.query(
            connection,
            """
            UPDATE import_job
            SET bytes_done = ?, last_line = ?, rows = ?, accepted = ?, duplicate = ?, refused = ?,
                conflict = ?, attempts = 0, failures = 0, leased_until = now() + ? * interval '1 ms'
            WHERE id = ? AND holder = ? AND state = 'running'
            RETURNING cancelling
            """,
            row -> row.getBoolean(1),
            at.bytesDone(),
            at.lastLine(),
            at.counts().rows(),
            at.counts().accepted(),
            at.counts().duplicate(),
            at.counts().refused(),
            at.counts().conflict(),
            lease.toMillis(),
            id,
            holder));
  }

  /** How far a job has come with a batch. */
  record Checkpoint(long bytesDone, long lastLine, ImportSummary counts) {}

  /**
   * Holds the job longer.
   *
   * @return whether it is to be cancelled; nothing if somebody else holds it
   */
  static Optional<Boolean> hold(Connection connection, UUID id, UUID holder, Duration lease)
      throws SQLException {
    return first(
        Sql.query(
            connection,
            """
            UPDATE import_job SET leased_until = now() + ? * interval '1 ms'
            WHERE id = ? AND holder = ? AND state = 'running'
            RETURNING cancelling
            """,
            row -> row.getBoolean(1),
            lease.toMillis(),
            id,
            holder));
  }

  /**
   * Leaves the job to whoever comes after a while.
   *
   * @param failed whether it stopped for a reason that nobody foresaw
   */
  static void leave(Connection connection, UUID id, UUID holder, Duration pause, boolean failed)
      throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE import_job
        SET leased_until = now() + ? * interval '1 ms', holder = NULL, failures = failures + ?
        WHERE id = ? AND holder = ? AND state = 'running'
        """,
        pause.toMillis(),
        failed ? 1 : 0,
        id,
        holder);
  }

  /** Ends the job, if the holder still has it, and all that was staged of it. */
  static boolean end(
      Connection connection,
      UUID id,
      UUID holder,
      JobState state,
      Job.@Nullable Failure failure,
      Instant now)
      throws SQLException {
    // Columns of a null have a type of their own.
    boolean ended =
        Sql.update(
                connection,
                """
                UPDATE import_job
                SET state = ?, ended_at = ?, sealed_key = NULL, submitter = NULL, leased_until = NULL,
                    problem = nullif(?, ''), problem_line = nullif(?, 0),
                    bytes_done = CASE ? WHEN 'done' THEN bytes_total ELSE bytes_done END
                WHERE id = ? AND holder = ? AND state = 'running'
                """,
                state.text(),
                time(now),
                failure == null ? "" : failure.problem(),
                failure == null ? 0L : failure.line(),
                state.text(),
                id,
                holder)
            == 1;
    if (ended) {
      ChunkRepository.deleteAll(connection, id);
    }
    return ended;
  }

  /** Cancels a job that waits, or has whoever is at it cancel it; false if it has ended. */
  static boolean cancel(Connection connection, UUID id, Instant now) throws SQLException {
    int waiting =
        Sql.update(
            connection,
            """
            UPDATE import_job
            SET state = 'cancelled', ended_at = ?, sealed_key = NULL, submitter = NULL
            WHERE id = ? AND state = 'waiting'
            """,
            time(now),
            id);
    if (waiting == 1) {
      ChunkRepository.deleteAll(connection, id);
      return true;
    }
    return Sql.update(
            connection,
            "UPDATE import_job SET cancelling = true WHERE id = ? AND state = 'running'",
            id)
        == 1;
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static <T> Optional<T> first(List<T> rows) {
    return rows.stream().findFirst();
  }
}
