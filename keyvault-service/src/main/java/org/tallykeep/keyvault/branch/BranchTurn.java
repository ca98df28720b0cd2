package org.tallykeep.keyvault.branch;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;

/**
 * The steps of a rotation of all branch keys that concern the branch keys themselves. Each may be
 * repeated; all of it is in the caller's transaction.
 */
@Singleton
public final class BranchTurn {

  private final BranchRepository repository;
  private final BranchMaker maker;
  private final BranchConfig config;

  BranchTurn(BranchRepository repository, BranchMaker maker, BranchConfig config) {
    this.repository = repository;
    this.maker = maker;
    this.config = config;
  }

  /** How long a replica may go on with the branch keys it has in memory. */
  public Duration maxAge() {
    return config.maxAge();
  }

  /** Makes a new version of each branch, in one call to the root; returns how many. */
  public int renew(Connection connection) throws SQLException {
    repository.lock(connection);
    Map<UUID, BranchRow> newest = new HashMap<>();
    for (BranchRow row : repository.all(connection)) {
      newest.merge(row.ref().id(), row, (a, b) -> a.ref().version() > b.ref().version() ? a : b);
    }
    List<BranchMaker.Wanted> wanted = new ArrayList<>();
    newest.forEach(
        (id, row) ->
            wanted.add(
                new BranchMaker.Wanted(new KeyRef(id, row.ref().version() + 1), row.kind())));
    repository.insert(connection, maker.make(wanted));
    return wanted.size();
  }

  /** From the end of the transaction on nothing is stored under any version but the newest. */
  public void close(Connection connection) throws SQLException {
    repository.lock(connection);
    repository.retireAllButNewest(connection);
  }

  /** Removes the versions that were closed; the caller has seen that nothing is under them. */
  public void remove(Connection connection) throws SQLException {
    repository.lock(connection);
    repository.deleteRetiring(connection);
  }
}
