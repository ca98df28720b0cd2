package org.tallykeep.keyvault.branch;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.root.RootKey;

/** Reads all branch keys and opens them in one call to the root; makes those that are missing. */
@Singleton
class BranchLoader {

  private static final Logger LOG = Logger.getLogger(BranchLoader.class);

  private final Database database;
  private final BranchRepository repository;
  private final RootKey root;
  private final List<BranchDemand> demands;
  private final BranchMaker maker;

  BranchLoader(
      Database database,
      BranchRepository repository,
      RootKey root,
      BranchMaker maker,
      @All List<BranchDemand> demands) {
    this.database = database;
    this.repository = repository;
    this.root = root;
    this.maker = maker;
    this.demands = demands;
  }

  /** All branch keys, opened. */
  BranchRing load() {
    List<BranchRow> rows = database.statement(repository::all);
    if (!missing(rows).isEmpty()) {
      rows = database.transaction(this::install);
    }
    List<byte[]> keys = root.unwrap(rows.stream().map(BranchRow::bytes).toList());
    return BranchRing.takeOwnershipOf(rows, keys);
  }

  private List<BranchRow> install(Connection connection) throws SQLException {
    repository.lock(connection);
    // Read again under the lock: the other replica may have made them meanwhile.
    List<String> missing = missing(repository.all(connection));
    if (!missing.isEmpty()) {
      repository.insert(connection, maker.make(missing.stream().map(BranchLoader::first).toList()));
      LOG.infof("Made %d branch keys", missing.size());
    }
    return repository.all(connection);
  }

  private static BranchMaker.Wanted first(String kind) {
    return new BranchMaker.Wanted(new KeyRef(UUID.randomUUID(), 1), kind);
  }

  /** The kind of each branch that has to be made. */
  private List<String> missing(List<BranchRow> rows) {
    List<String> missing = new ArrayList<>();
    for (BranchDemand demand : demands) {
      demand
          .counts()
          .forEach(
              (kind, count) ->
                  missing.addAll(
                      Collections.nCopies((int) Math.max(0, count - present(rows, kind)), kind)));
    }
    return missing;
  }

  private static long present(List<BranchRow> rows, String kind) {
    return rows.stream()
        .filter(row -> row.kind().equals(kind))
        .map(row -> row.ref().id())
        .distinct()
        .count();
  }
}
