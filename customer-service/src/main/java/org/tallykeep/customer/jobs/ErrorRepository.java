package org.tallykeep.customer.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Sql;

/** Where and why rows were not taken; never what stood in them. */
final class ErrorRepository {

  /** As told to callers. */
  record RowError(long line, String code, @Nullable String field) {}

  private ErrorRepository() {}

  static void insert(Connection connection, UUID job, List<RowError> errors) throws SQLException {
    if (errors.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO import_error (job_id, line, code, field)
            SELECT ?, u.line, u.code, u.field FROM unnest(?, ?, ?) AS u(line, code, field)
            """)) {
      statement.setObject(1, job);
      statement.setArray(2, connection.createArrayOf("int8", column(errors, RowError::line)));
      statement.setArray(3, connection.createArrayOf("text", column(errors, RowError::code)));
      statement.setArray(4, connection.createArrayOf("text", column(errors, RowError::field)));
      statement.executeUpdate();
    }
  }

  private static @Nullable Object[] column(
      List<RowError> errors, Function<RowError, ? extends @Nullable Object> part) {
    return errors.stream().map(part).toArray();
  }

  /** Those behind a line, at most so many. */
  static List<RowError> behind(Connection connection, UUID job, long line, int most)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT line, code, field FROM import_error WHERE job_id = ? AND line > ?
        ORDER BY line LIMIT ?
        """,
        row -> new RowError(row.getLong(1), row.getString(2), row.getString(3)),
        job,
        line,
        most);
  }
}
