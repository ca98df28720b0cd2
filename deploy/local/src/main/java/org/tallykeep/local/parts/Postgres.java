package org.tallykeep.local.parts;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** A running PostgreSQL server, spoken to as its superuser. */
public record Postgres(int port, String superuserPassword) {

  static final String SUPERUSER = "postgres";

  @Override
  public String toString() {
    return "Postgres[port=" + port + "]";
  }

  boolean isReady() {
    try (Connection connection = connect(SUPERUSER)) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** A database with an owner role of the same name; one that is there already is kept. */
  public Database database(String name, String password) {
    if (!name.matches("[a-z][a-z0-9_]{0,62}") || password.contains("'")) {
      throw new IllegalArgumentException("Not a name for a database: " + name);
    }
    try (Connection connection = connect(SUPERUSER);
        Statement statement = connection.createStatement()) {
      String role = exists(connection, "pg_roles", "rolname", name) ? "alter" : "create";
      statement.execute(role + " role " + name + " login password '" + password + "'");
      if (!exists(connection, "pg_database", "datname", name)) {
        statement.execute("create database " + name + " owner " + name);
        statement.execute("revoke all on database " + name + " from public");
      }
      return new Database(url(name), name, password);
    } catch (SQLException e) {
      throw new PartFailedException(
          "PostgreSQL on port " + port + " refused the database " + name + ": " + e.getMessage(),
          e);
    }
  }

  /** How many connections each database has at this moment. */
  public Map<String, Integer> connections() {
    String query =
        "select datname, count(*) from pg_stat_activity"
            + " where datname is not null and pid <> pg_backend_pid() group by datname";
    try (Connection connection = connect(SUPERUSER);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      Map<String, Integer> counts = new TreeMap<>();
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getInt(2));
      }
      return counts;
    } catch (SQLException e) {
      throw new PartFailedException(
          "PostgreSQL on port " + port + " does not answer: " + e.getMessage(), e);
    }
  }

  private static boolean exists(Connection connection, String view, String column, String name)
      throws SQLException {
    String query = "select 1 from " + view + " where " + column + " = ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        url(database) + "?loginTimeout=5", SUPERUSER, superuserPassword);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
