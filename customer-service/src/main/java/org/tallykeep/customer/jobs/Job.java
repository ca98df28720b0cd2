package org.tallykeep.customer.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.ImportSummary;

/**
 * A job as it stands in its row, without its key.
 *
 * @param csv whether its body is CSV and not NDJSON
 * @param lastLine where the last row taken ended
 * @param attempts how often it was begun since its last batch, counting this one
 * @param failures how often it stopped since then for a reason that nobody foresaw
 */
record Job(
    UUID id,
    String kind,
    boolean csv,
    JobState state,
    Times times,
    long bytesTotal,
    long bytesDone,
    long lastLine,
    ImportSummary counts,
    int attempts,
    int failures,
    boolean cancelling,
    @Nullable Failure failure) {

  static final String COLUMNS =
      """
      id, kind, form, state, submitted_at, started_at, ended_at, bytes_total, bytes_done,
      last_line, rows, accepted, duplicate, refused, conflict, attempts, failures, cancelling,
      problem, problem_line
      """;

  /** When it came, was begun and ended. */
  record Times(@Nullable Instant submitted, @Nullable Instant started, @Nullable Instant ended) {}

  /** Why it failed, as the last part of a problem's type, and at which line. */
  record Failure(String problem, long line) {}

  static Job of(ResultSet row) throws SQLException {
    String problem = row.getString("problem");
    return new Job(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("form").equals("csv"),
        JobState.of(row.getString("state")),
        new Times(
            instant(row, "submitted_at"), instant(row, "started_at"), instant(row, "ended_at")),
        row.getLong("bytes_total"),
        row.getLong("bytes_done"),
        row.getLong("last_line"),
        new ImportSummary(
            row.getLong("rows"),
            row.getLong("accepted"),
            row.getLong("duplicate"),
            row.getLong("refused"),
            row.getLong("conflict")),
        row.getInt("attempts"),
        row.getInt("failures"),
        row.getBoolean("cancelling"),
        problem == null ? null : new Failure(problem, row.getLong("problem_line")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
