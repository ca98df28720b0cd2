package org.tallykeep.system.joining;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.local.parts.Database;
import org.tallykeep.system.joining.Feature.Number;
import org.tallykeep.system.joining.Feature.Text;
import org.tallykeep.system.joining.Feature.Value;
import org.tallykeep.system.stack.OpenedHistories;

/**
 * Everything visible about the owners of rows on one side, over all tables, and over the tables of
 * the key service through the key that each sealed value names in its header.
 */
final class StolenRows {

  private static final int LONGEST_TEXT = 64;

  /** Tables whose {@code id} is the owner's, by entity. */
  private static final Map<String, String> KEYED_BY_OWNER =
      Map.of(
          "customer", "'customer'",
          "purchaser", "'purchaser', 'purchaser_free', 'purchase_history', 'basket_history'");

  private final Database database;
  private final String entity;
  private final Map<KeyRef, Map<String, Value>> keys;
  private final Map<String, Map<UUID, Value>> features = new LinkedHashMap<>();

  private StolenRows(Database database, String entity, Map<KeyRef, Map<String, Value>> keys) {
    this.database = database;
    this.entity = entity;
    this.keys = keys;
  }

  /**
   * The features of one side.
   *
   * @param entity {@code customer} or {@code purchaser}: the name of its table, and with {@code
   *     _id} of the column by which others refer to it
   * @param keyTable where the key service keeps that side's keys
   */
  static List<Feature> of(Database database, String entity, Database keyService, String keyTable)
      throws SQLException {
    StolenRows rows = new StolenRows(database, entity, keys(keyService, keyTable));
    rows.read();
    return rows.features.entrySet().stream()
        .map(e -> new Feature(e.getKey(), e.getValue()))
        .toList();
  }

  private void read() throws SQLException {
    try (Connection connection = OpenedHistories.connect(database)) {
      for (Map.Entry<String, String> table : tables(connection).entrySet()) {
        readTable(connection, table.getKey(), table.getValue());
      }
    }
  }

  /** Tables and their column that names the owner. */
  private Map<String, String> tables(Connection connection) throws SQLException {
    String query =
        """
        SELECT DISTINCT ON (table_name) table_name, column_name
        FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
          AND (column_name = '%1$s_id' OR column_name = 'id' AND table_name IN (%2$s))
        ORDER BY table_name, column_name"""
            .formatted(entity, KEYED_BY_OWNER.get(entity));
    Map<String, String> tables = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        tables.put(rows.getString(1), rows.getString(2));
      }
    }
    return tables;
  }

  private void readTable(Connection connection, String table, String owner) throws SQLException {
    String query = "SELECT " + owner + ", ctid::text AS ctid, xmin::text AS xmin, * FROM " + table;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        UUID id = rows.getObject(1, UUID.class);
        add(table + ".ctid", id, place(rows.getString(2)));
        add(table + ".xmin", id, new Number(Double.parseDouble(rows.getString(3))));
        for (int i = 4; i <= columns.getColumnCount(); i++) {
          readColumn(rows, i, columns, table + "." + columns.getColumnName(i), id);
        }
      }
    }
  }

  private void readColumn(
      ResultSet rows, int column, ResultSetMetaData columns, String name, UUID owner)
      throws SQLException {
    if (columns.getColumnType(column) == Types.BINARY) {
      byte[] bytes = rows.getBytes(column);
      if (bytes != null) {
        add(name + ".length", owner, new Number(bytes.length));
        add(name, owner, text(HexFormat.of().formatHex(bytes)));
        keyOf(bytes).forEach((what, value) -> add(name + " -> " + what, owner, value));
      }
    } else if (rows.getObject(column) instanceof java.lang.Number number) {
      add(name, owner, new Number(number.doubleValue()));
    } else if (rows.getObject(column) != null) {
      add(name, owner, text(rows.getString(column)));
    }
  }

  private Map<String, Value> keyOf(byte[] record) {
    try {
      KeyRef ref = SealedRecord.keyOf(record);
      Map<String, Value> visible = new HashMap<>(keys.getOrDefault(ref, Map.of()));
      visible.put("key id", new Text(ref.id().toString()));
      return visible;
    } catch (RecordNotOpenedException noSealedRecord) {
      return Map.of();
    }
  }

  private static Map<KeyRef, Map<String, Value>> keys(Database keyService, String table)
      throws SQLException {
    Map<KeyRef, Map<String, Value>> keys = new HashMap<>();
    String query =
        "SELECT id, version, ctid::text, xmin::text, branch::text, wrapped FROM " + table;
    try (Connection connection = OpenedHistories.connect(keyService);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        keys.put(
            new KeyRef(rows.getObject(1, UUID.class), rows.getInt(2)),
            Map.of(
                table + ".ctid",
                place(rows.getString(3)),
                table + ".xmin",
                new Number(Double.parseDouble(rows.getString(4))),
                table + ".branch",
                new Text(rows.getString(5)),
                table + ".wrapped",
                text(HexFormat.of().formatHex(rows.getBytes(6)))));
      }
    }
    return keys;
  }

  /** Of several rows of one owner the first counts. */
  private void add(String name, UUID owner, Value value) {
    features
        .computeIfAbsent(name, n -> new HashMap<>())
        .merge(owner, value, (one, other) -> one.compareTo(other) <= 0 ? one : other);
  }

  private static Text text(String text) {
    return new Text(text.substring(0, Math.min(LONGEST_TEXT, text.length())));
  }

  /** A row's place in its file: (block,item). */
  private static Number place(String ctid) {
    String[] parts = ctid.substring(1, ctid.length() - 1).split(",", -1);
    return new Number(Long.parseLong(parts[0]) * 65_536.0 + Long.parseLong(parts[1]));
  }

  static List<Feature> ofOwners(Collection<Feature> features, java.util.Set<UUID> owners) {
    List<Feature> useful = new ArrayList<>();
    for (Feature feature : features) {
      Feature theirs = feature.of(owners);
      // What most lack, or what is the same for all, joins nothing.
      if (theirs.values().size() * 2 > owners.size() && theirs.distinct() > 1) {
        useful.add(theirs);
      }
    }
    return useful;
  }
}
