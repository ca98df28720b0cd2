package org.tallykeep.customer.profile;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tallykeep.customer.platform.Sql;

/** The declarations of attributes. */
final class AttributeRepository {

  private static final String COLUMNS =
      "SELECT name, type, protection, searchable, segment, choices FROM attribute ";

  private AttributeRepository() {}

  static List<Attribute> all(Connection connection) throws SQLException {
    return Sql.query(connection, COLUMNS + "ORDER BY name", AttributeRepository::row);
  }

  /** Unless there is one of that name already. */
  static boolean insert(Connection connection, Attribute attribute) throws SQLException {
    return Sql.update(
            connection,
            "INSERT INTO attribute VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            attribute.name(),
            attribute.type().word(),
            attribute.protection().word(),
            attribute.searchable(),
            attribute.segment(),
            attribute.choices().toArray(String[]::new))
        == 1;
  }

  /** As it is declared, which nobody else changes until the transaction ends. */
  static Optional<Attribute> lock(Connection connection, String name) throws SQLException {
    return Sql.query(
            connection, COLUMNS + "WHERE name = ? FOR UPDATE", AttributeRepository::row, name)
        .stream()
        .findFirst();
  }

  static void updateChoices(Connection connection, Attribute attribute) throws SQLException {
    Sql.update(
        connection,
        "UPDATE attribute SET choices = ? WHERE name = ?",
        attribute.choices().toArray(String[]::new),
        attribute.name());
  }

  private static Attribute row(ResultSet row) throws SQLException {
    return new Attribute(
        row.getString(1),
        AttributeType.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        Protection.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
        row.getBoolean(4),
        row.getBoolean(5),
        List.of((String[]) row.getArray(6).getArray()));
  }
}
