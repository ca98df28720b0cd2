package org.tallykeep.keyvault.branch;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.root.RootKey;

/** Branch keys without the framework. */
public final class BranchFixture {

  private static final List<BranchDemand> DEMANDS =
      List.of(
          new BranchDemand(Map.of("subject", 8, "pseudonym", 8)),
          new BranchDemand(
              Map.of(
                  "dataset:ledger",
                  1,
                  "dataset:audit",
                  1,
                  "dataset:tag",
                  1,
                  "dataset:index",
                  1,
                  "dataset:revocation",
                  1)));

  private BranchFixture() {}

  public static BranchKeys keys(Database database, RootKey root, Clock clock) {
    return new BranchKeys(loader(database, root), new Ages(), clock);
  }

  static BranchLoader loader(Database database, RootKey root) {
    return new BranchLoader(database, new BranchRepository(), root, new BranchMaker(root), DEMANDS);
  }

  public static RootTurn rootTurn(RootKey root) {
    return new RootTurn(new BranchRepository(), root);
  }

  public static BranchTurn branchTurn(RootKey root) {
    return new BranchTurn(new BranchRepository(), new BranchMaker(root), new Ages());
  }

  public static BranchSweep sweep(BranchKeys keys) {
    return new BranchSweep(
        new WrappedRows(),
        keys,
        List.of(
            new WrappedTable("subject_key", "'subject'"),
            new WrappedTable("pseudonym_key", "'pseudonym'"),
            new WrappedTable("dataset_key", "'dataset:' || t.purpose")));
  }

  private record Ages(Duration maxAge, Duration checkEvery, Duration refreshAfter)
      implements BranchConfig {
    Ages() {
      this(Duration.ofMinutes(15), Duration.ofSeconds(5), Duration.ofMinutes(12));
    }
  }
}
