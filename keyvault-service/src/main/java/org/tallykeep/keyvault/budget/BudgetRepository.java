package org.tallykeep.keyvault.budget;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of {@code budget_account} and {@code budget_raise}. */
@Singleton
final class BudgetRepository {

  /** What an account spent, and the database's time: all replicas count by one clock. */
  record Locked(Spending spending, Instant now) {}

  /** Nobody else charges the account until the transaction ends. */
  Locked lock(Connection connection, Account account) throws SQLException {
    Optional<byte[]> spent = lockRow(connection, account);
    if (spent.isEmpty()) {
      insert(connection, account);
      spent = lockRow(connection, account);
    }
    return new Locked(Spending.decode(spent.orElseThrow()), now(connection));
  }

  void write(Connection connection, Account account, Spending spending) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE budget_account SET spent = ? WHERE client = ? AND holder = ? AND purpose = ?
            """)) {
      update.setBytes(1, spending.encode());
      setAccount(update, 2, account);
      update.executeUpdate();
    }
  }

  /** The raises in force for an account. */
  List<Limits> raises(Connection connection, Account account) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT minute, hour, day FROM budget_raise
            WHERE client = ? AND holder = ? AND purpose = ?
              AND approved_by IS NOT NULL AND not_after > clock_timestamp()
            """)) {
      setAccount(select, 1, account);
      List<Limits> raises = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          raises.add(new Limits(found.getLong(1), found.getLong(2), found.getLong(3)));
        }
      }
      return raises;
    }
  }

  /** What accounts spent, by their names. */
  List<BudgetStatement> statements(
      Connection connection, Optional<String> client, Optional<String> holder, Budgets budgets)
      throws SQLException {
    Instant now = now(connection);
    List<BudgetStatement> statements = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT client, holder, purpose, spent FROM budget_account
            WHERE (?::text IS NULL OR client = ?) AND (?::text IS NULL OR holder = ?)
            ORDER BY client, holder, purpose LIMIT 1000
            """)) {
      select.setString(1, client.orElse(null));
      select.setString(2, client.orElse(null));
      select.setString(3, holder.orElse(null));
      select.setString(4, holder.orElse(null));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          Account account = new Account(found.getString(1), found.getString(2), found.getString(3));
          Spending spending = Spending.decode(found.getBytes(4));
          Map<Window, Long> spent = new EnumMap<>(Window.class);
          for (Window window : Window.values()) {
            spent.put(window, spending.spent(window, now));
          }
          statements.add(new BudgetStatement(account, budgets.limits(connection, account), spent));
        }
      }
    }
    return statements;
  }

  private static Optional<byte[]> lockRow(Connection connection, Account account)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT spent FROM budget_account
            WHERE client = ? AND holder = ? AND purpose = ? FOR UPDATE
            """)) {
      setAccount(select, 1, account);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
      }
    }
  }

  private static void insert(Connection connection, Account account) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO budget_account (client, holder, purpose, spent) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """)) {
      setAccount(insert, 1, account);
      insert.setBytes(4, Spending.none().encode());
      insert.executeUpdate();
    }
  }

  /** Asked after the lock is held: waiting for it may have taken a while. */
  private static Instant now(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT clock_timestamp()");
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static void setAccount(PreparedStatement statement, int at, Account account)
      throws SQLException {
    statement.setString(at, account.client());
    statement.setString(at + 1, account.holder());
    statement.setString(at + 2, account.purpose());
  }
}
