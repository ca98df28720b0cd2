package org.tallykeep.customer.index;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
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
    return new IndexRotation(transactions, versions, all, asking(keys, version))::run;
  }

  /** Asks for a version until it is told that everything is under it. */
  private static KeyServiceIndex asking(IndexKeyVersions keys, int version) {
    AtomicBoolean kept = new AtomicBoolean();
    return keyService(
        (method, arguments) -> {
          if (method.equals("complete")) {
            kept.set(((List<?>) arguments[1]).contains(version - 1));
            if (!kept.get()) {
              keys.destroy(version - 1);
            }
          }
          return method.equals("underWay")
              ? new KeyServiceIndex.UnderWay(
                  keys.isLive(version - 1) && !kept.get()
                      ? List.of(new KeyServiceIndex.Asked(new UUID(0, version), version))
                      : List.of())
              : null;
        });
  }

  /** What the key service answers. */
  interface Answers {
    @Nullable Object to(String method, Object[] arguments);
  }

  /** No class: the framework would take one for an endpoint. */
  static KeyServiceIndex keyService(Answers answers) {
    return (KeyServiceIndex)
        Proxy.newProxyInstance(
            IndexFixture.class.getClassLoader(),
            new Class<?>[] {KeyServiceIndex.class},
            (proxy, method, arguments) ->
                answers.to(method.getName(), arguments == null ? new Object[0] : arguments));
  }
}
