package org.tallykeep.keyvault.budget;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code budget_raise}. */
@Singleton
final class RaiseRepository {

  private static final String COLUMNS =
      "id, client, holder, purpose, minute, hour, day, reason, asked_by, not_after, approved_by";

  void insert(Connection connection, Raise raise, Instant at) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO budget_raise (%s, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
                .formatted(COLUMNS))) {
      insert.setObject(1, raise.id());
      insert.setString(2, raise.account().client());
      insert.setString(3, raise.account().holder());
      insert.setString(4, raise.account().purpose());
      insert.setLong(5, raise.limits().minute());
      insert.setLong(6, raise.limits().hour());
      insert.setLong(7, raise.limits().day());
      insert.setString(8, raise.reason());
      insert.setString(9, raise.askedBy());
      insert.setObject(10, OffsetDateTime.ofInstant(raise.notAfter(), ZoneOffset.UTC));
      insert.setString(11, raise.approvedBy().orElse(null));
      insert.setObject(12, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /**
   * What an account was raised to without a second officer, in force at any time since then. Nobody
   * else raises it until the transaction ends: two at once would not add up.
   */
  List<Limits> lockAlone(Connection connection, Account account, Instant since)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(
          1, String.join("\n", "raises", account.client(), account.holder(), account.purpose()));
      lock.execute();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT minute, hour, day FROM budget_raise
            WHERE client = ? AND holder = ? AND purpose = ?
              AND approved_by = asked_by AND not_after > ?
            """)) {
      select.setString(1, account.client());
      select.setString(2, account.holder());
      select.setString(3, account.purpose());
      select.setObject(4, OffsetDateTime.ofInstant(since, ZoneOffset.UTC));
      List<Limits> raises = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          raises.add(new Limits(found.getLong(1), found.getLong(2), found.getLong(3)));
        }
      }
      return raises;
    }
  }

  Optional<Raise> lock(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM budget_raise WHERE id = ? FOR UPDATE".formatted(COLUMNS))) {
      select.setObject(1, id);
      return read(select).stream().findFirst();
    }
  }

  void approve(Connection connection, UUID id, String officer) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE budget_raise SET approved_by = ? WHERE id = ?")) {
      update.setString(1, officer);
      update.setObject(2, id);
      update.executeUpdate();
    }
  }

  /** Ends those that rest on one person's word alone. */
  void endOf(Connection connection, String person, Instant at) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("LOCK TABLE budget_raise IN EXCLUSIVE MODE")) {
      // Waits for those that are being given.
      lock.execute();
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE budget_raise SET not_after = ?
            WHERE asked_by = ? AND not_after > ?
              AND (approved_by IS NULL OR approved_by = asked_by)
            """)) {
      update.setObject(1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      update.setString(2, person);
      update.setObject(3, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      update.executeUpdate();
    }
  }

  /** Those that are or may come in force, the newest first. */
  List<Raise> current(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT %s FROM budget_raise WHERE not_after > clock_timestamp()
            ORDER BY asked_at DESC, id LIMIT 200
            """
                .formatted(COLUMNS))) {
      return read(select);
    }
  }

  private static List<Raise> read(PreparedStatement select) throws SQLException {
    List<Raise> raises = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        raises.add(
            new Raise(
                found.getObject(1, UUID.class),
                new Account(found.getString(2), found.getString(3), found.getString(4)),
                new Limits(found.getLong(5), found.getLong(6), found.getLong(7)),
                found.getString(8),
                found.getString(9),
                found.getObject(10, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(found.getString(11))));
      }
    }
    return raises;
  }
}
