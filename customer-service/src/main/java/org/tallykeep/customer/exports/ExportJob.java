package org.tallykeep.customer.exports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Keys.Personal;

/**
 * A job as it stands in its row, without its key.
 *
 * @param columns of CSV
 * @param reason why, sealed
 * @param grant the key service's, of customers
 * @param total how many rows there were when it was submitted
 * @param moved as {@link ExportKind#moved} was then
 * @param attempts how often it was begun since its last checkpoint, counting this one
 * @param problem why it failed, as the last part of a problem's type
 */
record ExportJob(
    UUID id,
    ExportWish wish,
    List<String> columns,
    ExportState state,
    byte[] reason,
    Optional<UUID> grant,
    Times times,
    long total,
    long moved,
    Progress progress,
    int attempts,
    boolean cancelling,
    @Nullable String problem) {

  static final String COLUMNS =
      """
      id, kind, form, gzip, purposes, first_day, last_day, portable, columns, state, reason,
      grant_id, submitted_at, started_at, ended_at, expires_at, total, moved, at_partition, at_id, seen,
      rows, incomplete, bytes, chunks, attempts, cancelling, problem
      """;

  ExportJob {
    columns = List.copyOf(columns);
  }

  /** When it came, was begun and ended, and when its file is gone. */
  record Times(
      Instant submitted,
      @Nullable Instant started,
      @Nullable Instant ended,
      @Nullable Instant expires) {}

  /** Behind which row to go on; customers lie in partition 0. */
  record Position(int partition, UUID id) {}

  /**
   * How far it has come.
   *
   * @param seen rows that were looked at
   * @param rows those in the file
   * @param incomplete those of them of which CSV cannot hold all
   * @param bytes length of the file
   */
  record Progress(Position at, long seen, long rows, long incomplete, long bytes, int chunks) {}

  static ExportJob of(ResultSet row) throws SQLException {
    return new ExportJob(
        row.getObject("id", UUID.class),
        wish(row),
        texts(row, "columns"),
        ExportState.of(row.getString("state")),
        row.getBytes("reason"),
        Optional.ofNullable(row.getObject("grant_id", UUID.class)),
        new Times(
            row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
            instant(row, "started_at"),
            instant(row, "ended_at"),
            instant(row, "expires_at")),
        row.getLong("total"),
        row.getLong("moved"),
        new Progress(
            new Position(row.getInt("at_partition"), row.getObject("at_id", UUID.class)),
            row.getLong("seen"),
            row.getLong("rows"),
            row.getLong("incomplete"),
            row.getLong("bytes"),
            row.getInt("chunks")),
        row.getInt("attempts"),
        row.getBoolean("cancelling"),
        row.getString("problem"));
  }

  private static ExportWish wish(ResultSet row) throws SQLException {
    return new ExportWish(
        row.getString("kind"),
        row.getString("form").equals("csv"),
        row.getBoolean("gzip"),
        texts(row, "purposes").stream().map(Personal::valueOf).collect(Collectors.toSet()),
        new ExportWish.DayRange(row.getInt("first_day"), row.getInt("last_day")),
        row.getBoolean("portable"));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  @Override
  public String toString() {
    return "ExportJob[" + id + "]";
  }
}
