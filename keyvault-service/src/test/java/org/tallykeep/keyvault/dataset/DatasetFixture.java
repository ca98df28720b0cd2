package org.tallykeep.keyvault.dataset;

import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.platform.Database;

/** Dataset keys without the framework. */
public final class DatasetFixture {

  private DatasetFixture() {}

  public static DatasetKeys keys(Database database, BranchKeys branches, long turnoverAt) {
    return new DatasetKeys(database, new DatasetRepository(), branches, () -> turnoverAt);
  }
}
