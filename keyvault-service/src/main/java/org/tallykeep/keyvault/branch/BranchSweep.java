package org.tallykeep.keyvault.branch;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;

/** Moves everything from closed versions of branches to the newest, a portion at a time. */
@Singleton
public final class BranchSweep {

  private static final int PORTION = 4_000;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final WrappedRows rows;
  private final BranchKeys branches;
  private final List<WrappedTable> tables;

  BranchSweep(WrappedRows rows, BranchKeys branches, @All List<WrappedTable> tables) {
    this.rows = rows;
    this.branches = branches;
    this.tables = tables.stream().sorted(Comparator.comparing(WrappedTable::name)).toList();
  }

  /**
   * How far a sweep is.
   *
   * @param passed how many rows were looked at in this portion
   * @param mark where to go on; empty when all tables were passed
   */
  public record Portion(int passed, Optional<String> mark) {}

  /** How many rows there are in all tables. */
  public long count(Connection connection) throws SQLException {
    long sum = 0;
    for (WrappedTable table : tables) {
      sum += rows.count(connection, table);
    }
    return sum;
  }

  /** Waits until nobody stores anything who began before the versions were closed. */
  public void drain(Connection connection) throws SQLException {
    for (WrappedTable table : tables) {
      rows.drain(connection, table);
    }
  }

  /** The next portion, in the caller's transaction. */
  public Portion next(Connection connection, Optional<String> mark) throws SQLException {
    Place place = mark.map(Place::parse).orElseGet(() -> Place.beginning(tables.getFirst()));
    WrappedTable table = table(place.table());
    List<WrappedRows.Found> found = rows.after(connection, table, place.last(), PORTION);
    Set<KeyRef> closed = rows.retiring(connection);
    List<WrappedRows.Found> old =
        found.stream().filter(each -> closed.contains(each.row().branch())).toList();
    if (!old.isEmpty()) {
      rows.replace(
          connection,
          table,
          branches.use(
              ring ->
                  old.stream()
                      .map(each -> BranchRewrap.of(ring, each.row(), each.kind()))
                      .toList()));
    }
    Optional<Place> next =
        found.size() < PORTION
            ? following(table).map(Place::beginning)
            : Optional.of(new Place(table.name(), found.getLast().row().ref()));
    return new Portion(found.size(), next.map(Place::text));
  }

  /** Whether something is under a closed version still: it was being changed when passed. */
  public boolean anyLeft(Connection connection) throws SQLException {
    for (WrappedTable table : tables) {
      if (rows.anyUnderRetiring(connection, table)) {
        return true;
      }
    }
    return false;
  }

  private WrappedTable table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
  }

  private Optional<WrappedTable> following(WrappedTable table) {
    int next = tables.indexOf(table) + 1;
    return next < tables.size() ? Optional.of(tables.get(next)) : Optional.empty();
  }

  /** The row that was passed last, in words. */
  private record Place(String table, KeyRef last) {

    static Place beginning(WrappedTable table) {
      // No id is all zeros, and no version is above this one.
      return new Place(table.name(), new KeyRef(BEFORE_ALL, Integer.MAX_VALUE));
    }

    static Place parse(String text) {
      List<String> parts = List.of(text.split(" ", 3));
      return new Place(
          parts.get(0), new KeyRef(UUID.fromString(parts.get(1)), Integer.parseInt(parts.get(2))));
    }

    String text() {
      return table + " " + last.id() + " " + last.version();
    }
  }
}
