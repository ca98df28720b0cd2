package org.tallykeep.envelope;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A few workbenches, shared by all handles: most keys are used once or twice, so a cipher of their
 * own would cost more than the work. Threads start looking at different places, and whoever finds
 * none makes one.
 */
final class WorkbenchPool {
  private static final WorkbenchPool SHARED = shared(new SecureRandom());

  private final Supplier<NonceSource> nonces;
  private final AtomicReferenceArray<@Nullable Workbench> benches;
  private final int mask;

  WorkbenchPool(int size, Supplier<NonceSource> nonces) {
    int slots = Integer.highestOneBit(Math.max(1, 2 * size - 1));
    this.nonces = nonces;
    this.benches = new AtomicReferenceArray<>(slots);
    this.mask = slots - 1;
  }

  static WorkbenchPool shared() {
    return SHARED;
  }

  private static WorkbenchPool shared(SecureRandom random) {
    int size = 2 * Runtime.getRuntime().availableProcessors();
    return new WorkbenchPool(size, () -> new BufferedNonces(random));
  }

  Workbench take() {
    int start = (int) Thread.currentThread().threadId();
    for (int i = 0; i <= mask; i++) {
      int slot = (start + i) & mask;
      Workbench bench = benches.get(slot);
      if (bench != null && benches.compareAndSet(slot, bench, null)) {
        return bench;
      }
    }
    return new Workbench(nonces.get());
  }

  void give(Workbench bench) {
    int start = (int) Thread.currentThread().threadId();
    for (int i = 0; i <= mask; i++) {
      int slot = (start + i) & mask;
      if (benches.get(slot) == null && benches.compareAndSet(slot, null, bench)) {
        return;
      }
    }
    bench.forgetKey();
  }

  /** Clears the key from every bench that last used it; the caller knows that none is using it. */
  void forget(SecretKey key) {
    for (int slot = 0; slot <= mask; slot++) {
      Workbench bench = benches.get(slot);
      if (bench != null && bench.lastUsed(key) && benches.compareAndSet(slot, bench, null)) {
        bench.forgetKey();
        give(bench);
      }
    }
  }
}
