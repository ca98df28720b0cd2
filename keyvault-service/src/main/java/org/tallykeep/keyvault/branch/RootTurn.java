package org.tallykeep.keyvault.branch;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.IntStream;
import org.tallykeep.keyvault.root.BranchBytes;
import org.tallykeep.keyvault.root.RootKey;

/**
 * The steps of a root rotation. Each may be repeated; what they change in the database is in the
 * caller's transaction.
 */
@Singleton
public final class RootTurn {

  private final BranchRepository repository;
  private final RootKey root;

  RootTurn(BranchRepository repository, RootKey root) {
    this.repository = repository;
    this.root = root;
  }

  /** The version that wraps. */
  public int newestVersion() {
    return root.newestVersion();
  }

  /** Since when each version has been there, those that are retired excepted. */
  public NavigableMap<Integer, Instant> madeAt() {
    return root.madeAt();
  }

  /** Makes a version after that one, unless there is one; returns the newest. */
  public int rotateBeyond(int version) {
    int newest = root.newestVersion();
    return newest > version ? newest : root.rotate();
  }

  /**
   * Wraps all branch keys under the newest version, in one call to open and one to wrap; they stay
   * the same keys. Returns how many there are.
   */
  public int rewrap(Connection connection) throws SQLException {
    // Nobody makes branch keys meanwhile.
    repository.lock(connection);
    List<BranchRow> rows = repository.all(connection);
    List<byte[]> opened = root.unwrap(rows.stream().map(BranchRow::bytes).toList());
    try {
      List<byte[]> wrapped =
          root.wrap(
              IntStream.range(0, rows.size())
                  .mapToObj(i -> new BranchBytes(rows.get(i).ref(), opened.get(i)))
                  .toList());
      repository.replaceWrapped(
          connection,
          IntStream.range(0, rows.size())
              .mapToObj(i -> new BranchRow(rows.get(i).ref(), rows.get(i).kind(), wrapped.get(i)))
              .toList());
      return rows.size();
    } finally {
      opened.forEach(key -> Arrays.fill(key, (byte) 0));
    }
  }

  /** Has nothing wrapped under versions before this one again. */
  public void wrapFrom(int version) {
    root.wrapFrom(version);
  }

  /**
   * Ends the versions before this one.
   *
   * @throws IllegalStateException when a branch key is still wrapped under one of them
   */
  public void retireBefore(Connection connection, int version) throws SQLException {
    repository.lock(connection);
    boolean needed =
        repository.all(connection).stream()
            .anyMatch(row -> root.versionOf(row.wrapped()) < version);
    if (needed) {
      throw new IllegalStateException(
          "branch keys are still wrapped under a root version before " + version);
    }
    root.retireBefore(version);
  }
}
