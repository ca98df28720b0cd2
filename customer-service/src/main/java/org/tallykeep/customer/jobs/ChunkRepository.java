package org.tallykeep.customer.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;

/** The rows of uploads and of what they have staged. */
final class ChunkRepository {

  private ChunkRepository() {}

  static void begin(
      Connection connection,
      UUID id,
      Staging.Upload upload,
      byte[] sealedKey,
      byte[] sender,
      Instant now)
      throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO import_job (id, kind, form, owner, state, sealed_key, submitter, touched_at)
        VALUES (?, ?, ?, ?, 'uploading', ?, ?, ?)
        """,
        id,
        upload.kind(),
        upload.csv() ? "csv" : "ndjson",
        upload.sender().tag(),
        sealedKey,
        sender,
        JobRepository.time(now));
  }

  /** How many jobs of an owner have not ended, uploads among them. */
  static long open(Connection connection, byte[] owner) throws SQLException {
    return Sql.number(
        connection,
        "SELECT count(*) FROM import_job WHERE owner = ? AND sealed_key IS NOT NULL",
        owner);
  }

  /**
   * Adds a chunk to an upload.
   *
   * @return whether the upload is still there
   */
  static boolean add(
      Connection connection, UUID id, int number, byte[] sealed, int length, Instant now)
      throws SQLException {
    boolean there =
        Sql.update(
                connection,
                """
                UPDATE import_job SET bytes_total = bytes_total + ?, touched_at = ?
                WHERE id = ? AND state = 'uploading'
                """,
                length,
                JobRepository.time(now),
                id)
            == 1;
    if (there) {
      Sql.update(connection, "INSERT INTO import_chunk VALUES (?, ?, ?)", id, number, sealed);
    }
    return there;
  }

  /** How much is staged of all jobs. */
  static long staged(Connection connection) throws SQLException {
    return Sql.number(
        connection,
        "SELECT coalesce(sum(bytes_total), 0) FROM import_job WHERE sealed_key IS NOT NULL");
  }

  /** Ends an upload: the job is there from now on. False if the upload is gone. */
  static boolean complete(Connection connection, UUID id, byte[] content, Instant now)
      throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE import_job SET state = 'waiting', submitted_at = ?, content = ?
            WHERE id = ? AND state = 'uploading'
            """,
            JobRepository.time(now),
            content,
            id)
        == 1;
  }

  /** The tag of what a job was sent; none of one from before these were kept. */
  static Optional<byte[]> content(Connection connection, UUID id) throws SQLException {
    return Sql.query(
            connection,
            "SELECT content FROM import_job WHERE id = ? AND content IS NOT NULL",
            row -> row.getBytes(1),
            id)
        .stream()
        .findFirst();
  }

  /** Says of which request the job is; false if there is a job of that very request already. */
  static boolean name(Connection connection, UUID id, byte[] repetition) throws SQLException {
    // Of two that end at once the second waits here for the first.
    Sql.query(
        connection,
        "SELECT pg_advisory_xact_lock(hashtextextended(encode(?, 'hex'), 0))",
        row -> true,
        repetition);
    return Sql.update(
            connection,
            """
            UPDATE import_job SET repetition = ?
            WHERE id = ? AND NOT EXISTS (SELECT FROM import_job WHERE repetition = ?)
            """,
            repetition,
            id,
            repetition)
        == 1;
  }

  static void drop(Connection connection, UUID id) throws SQLException {
    Sql.update(connection, "DELETE FROM import_job WHERE id = ? AND state = 'uploading'", id);
  }

  static Optional<byte[]> chunk(Connection connection, UUID id, int number) throws SQLException {
    return Sql.query(
            connection,
            "SELECT sealed FROM import_chunk WHERE job_id = ? AND number = ?",
            row -> row.getBytes(1),
            id,
            number)
        .stream()
        .findFirst();
  }

  static void deleteAll(Connection connection, UUID id) throws SQLException {
    Sql.update(connection, "DELETE FROM import_chunk WHERE job_id = ?", id);
  }

  /** Uploads that nobody goes on with, and jobs that ended long ago. */
  static int dropOlder(Connection connection, Instant touchedBefore, Instant endedBefore)
      throws SQLException {
    return Sql.update(
        connection,
        """
        DELETE FROM import_job
        WHERE (state = 'uploading' AND touched_at < ?) OR ended_at < ?
        """,
        JobRepository.time(touchedBefore),
        JobRepository.time(endedBefore));
  }
}
