package org.tallykeep.keyvault.dataset;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.branch.BranchDemand;
import org.tallykeep.keyvault.branch.WrappedTable;

/** One branch a dataset: each can be rotated, and lost, by itself. */
final class DatasetBranches {

  private DatasetBranches() {}

  static String kind(Purpose purpose) {
    return "dataset:" + purpose.label();
  }

  @Produces
  @Singleton
  static BranchDemand demand() {
    return new BranchDemand(
        Arrays.stream(Purpose.values())
            .filter(purpose -> purpose.family() == Family.DATASET)
            .collect(Collectors.toMap(DatasetBranches::kind, purpose -> 1)));
  }

  @Produces
  @Singleton
  static WrappedTable table() {
    return new WrappedTable("dataset_key", "'dataset:' || t.purpose");
  }
}
