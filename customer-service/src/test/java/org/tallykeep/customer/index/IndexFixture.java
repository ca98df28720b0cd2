package org.tallykeep.customer.index;

import java.util.List;
import java.util.UUID;
import org.tallykeep.customer.platform.IndexKeyVersions;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;

/** This package's parts for the tests of others. */
public final class IndexFixture {

  private IndexFixture() {}

  /** As one replica of the service has them. */
  public static IndexVersions versions(Transactions transactions, Keys keys) {
    return new IndexVersions(transactions, keys);
  }

  /** From now on everything is written under that version, too. */
  public static void introduce(IndexVersions versions, int version) {
    versions.introduce(version);
  }

  /** The job as one replica has it; the key service's side is the versions alone. */
  public static Runnable rotation(
      Transactions transactions,
      IndexVersions versions,
      List<Reindexed> all,
      IndexKeyVersions keys,
      int version) {
    return new IndexRotation(transactions, versions, all, new Asking(keys, version))::run;
  }

  /** Asks for a version until it is told that everything is under it. */
  private record Asking(IndexKeyVersions keys, int version) implements KeyServiceIndex {

    @Override
    public UnderWay underWay() {
      return new UnderWay(
          keys.isLive(version - 1) ? List.of(new Asked(new UUID(0, version), version)) : List.of());
    }

    @Override
    public void note(UUID id, Retagged retagged) {}

    @Override
    public void complete(UUID id) {
      keys.destroy(version - 1);
    }
  }
}
