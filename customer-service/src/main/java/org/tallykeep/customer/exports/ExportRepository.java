package org.tallykeep.customer.exports;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;

/** The rows of exports, as the person who asked sees them. */
final class ExportRepository {

  private static final UUID NO_GRANT = new UUID(0, 0);

  private ExportRepository() {}

  /**
   * A job as it is submitted.
   *
   * @param repetition empty if the request does not name itself
   */
  record NewJob(
      UUID id,
      ExportWish wish,
      List<String> columns,
      ExportState state,
      byte[] owner,
      byte[] repetition,
      byte[] reason,
      byte[] sealedKey,
      Optional<UUID> grant,
      long total,
      long moved) {}

  /** False if there is a job of that very request already. */
  static boolean insert(Connection connection, NewJob job, Instant now) throws SQLException {
    return Sql.update(
            connection,
            """
            INSERT INTO export_job (id, kind, form, gzip, purposes, first_day, last_day, portable,
                columns, state, owner, repetition, reason, sealed_key, grant_id, total,
                moved, submitted_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''::bytea), ?, ?, nullif(?, ?), ?,
                ?, ?)
            ON CONFLICT (repetition) DO NOTHING
            """,
            job.id,
            job.wish.kind(),
            job.wish.csv() ? "csv" : "ndjson",
            job.wish.gzip(),
            job.wish.purposes().stream().map(Enum::name).sorted().toArray(String[]::new),
            job.wish.days().first(),
            job.wish.days().last(),
            job.wish.portable(),
            job.columns.toArray(new String[0]),
            job.state.text(),
            job.owner,
            job.repetition,
            job.reason,
            job.sealedKey,
            job.grant.orElse(NO_GRANT),
            NO_GRANT,
            job.total,
            job.moved,
            time(now))
        == 1;
  }

  static Optional<ExportJob> find(Connection connection, UUID id, byte[] owner)
      throws SQLException {
    return first(
        Sql.query(
            connection,
            "SELECT " + ExportJob.COLUMNS + " FROM export_job WHERE id = ? AND owner = ?",
            ExportJob::of,
            id,
            owner));
  }

  static Optional<ExportJob> findRepeated(Connection connection, byte[] repetition)
      throws SQLException {
    return first(
        Sql.query(
            connection,
            "SELECT " + ExportJob.COLUMNS + " FROM export_job WHERE repetition = ?",
            ExportJob::of,
            repetition));
  }

  /** Those of a person, the newest first, from behind the one given on. */
  static List<ExportJob> newest(
      Connection connection, byte[] owner, Instant submittedBefore, UUID idBelow, int most)
      throws SQLException {
    return Sql.query(
        connection,
        "SELECT "
            + ExportJob.COLUMNS
            + """
             FROM export_job WHERE owner = ? AND (submitted_at, id) < (?, ?)
            ORDER BY submitted_at DESC, id DESC LIMIT ?
            """,
        ExportJob::of,
        owner,
        time(submittedBefore),
        idBelow,
        most);
  }

  /**
   * Cancels a job that waits, has whoever is at it cancel it, or deletes the file of one that is
   * done; false if nothing of it is left.
   */
  static boolean cancel(Connection connection, UUID id, Instant now) throws SQLException {
    int waiting =
        Sql.update(
            connection,
            """
            UPDATE export_job
            SET state = CASE state WHEN 'done' THEN 'expired' ELSE 'cancelled' END,
                ended_at = coalesce(ended_at, ?), sealed_key = NULL
            WHERE id = ? AND state IN ('waiting-for-approval', 'waiting', 'done')
            """,
            time(now),
            id);
    if (waiting == 1) {
      deleteChunks(connection, id);
      return true;
    }
    return Sql.update(
            connection,
            "UPDATE export_job SET cancelling = true WHERE id = ? AND state = 'running'",
            id)
        == 1;
  }

  /** How much is staged of all jobs. */
  static long staged(Connection connection) throws SQLException {
    return Sql.number(
        connection, "SELECT coalesce(sum(bytes), 0) FROM export_job WHERE sealed_key IS NOT NULL");
  }

  static Optional<byte[]> key(Connection connection, UUID id) throws SQLException {
    return first(
        Sql.query(
            connection,
            "SELECT sealed_key FROM export_job WHERE id = ? AND sealed_key IS NOT NULL",
            row -> row.getBytes(1),
            id));
  }

  static Optional<byte[]> chunk(Connection connection, UUID id, int number) throws SQLException {
    return first(
        Sql.query(
            connection,
            "SELECT sealed FROM export_chunk WHERE job_id = ? AND number = ?",
            row -> row.getBytes(1),
            id,
            number));
  }

  static void deleteChunks(Connection connection, UUID id) throws SQLException {
    Sql.update(connection, "DELETE FROM export_chunk WHERE job_id = ?", id);
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static <T> Optional<T> first(List<T> rows) {
    return rows.stream().findFirst();
  }
}
