package org.tallykeep.envelope;

import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/**
 * A few workbenches, shared by all handles: most keys are used once or twice, so a cipher of their
 * own would cost more than the work.
 */
final class WorkbenchPool {
  private static final WorkbenchPool SHARED = shared(new SecureRandom());

  private final Pool<Workbench> benches;

  WorkbenchPool(int size, Supplier<NonceSource> nonces) {
    this.benches = new Pool<>(size, () -> new Workbench(nonces.get()));
  }

  private WorkbenchPool(Pool<Workbench> benches) {
    this.benches = benches;
  }

  static WorkbenchPool shared() {
    return SHARED;
  }

  private static WorkbenchPool shared(SecureRandom random) {
    return new WorkbenchPool(Pool.forThisMachine(() -> new Workbench(new BufferedNonces(random))));
  }

  Workbench take() {
    return benches.take();
  }

  void give(Workbench bench) {
    if (!benches.give(bench)) {
      bench.forgetKey();
    }
  }

  /** Clears the key from every bench that last used it; the caller knows that none is using it. */
  void forget(SecretKey key) {
    benches.visit(bench -> bench.lastUsed(key), Workbench::forgetKey);
  }
}
