package org.tallykeep.envelope;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few things that cost more to make than to use, for one user each at a time. Threads start
 * looking at different places, and whoever finds none makes one. Thread-safe.
 */
final class Pool<T> {

  private final Supplier<T> make;
  private final AtomicReferenceArray<@Nullable T> slots;
  private final int mask;

  Pool(int size, Supplier<T> make) {
    int places = Integer.highestOneBit(Math.max(1, 2 * size - 1));
    this.make = make;
    this.slots = new AtomicReferenceArray<>(places);
    this.mask = places - 1;
  }

  /** As many as can be busy at once, and some more. */
  static <T> Pool<T> forThisMachine(Supplier<T> make) {
    return new Pool<>(2 * Runtime.getRuntime().availableProcessors(), make);
  }

  T take() {
    int start = (int) Thread.currentThread().threadId();
    for (int i = 0; i <= mask; i++) {
      int slot = (start + i) & mask;
      T held = slots.get(slot);
      if (held != null && slots.compareAndSet(slot, held, null)) {
        return held;
      }
    }
    return make.get();
  }

  /** Whether there was a place for it; else the caller drops it. */
  boolean give(T returned) {
    int start = (int) Thread.currentThread().threadId();
    for (int i = 0; i <= mask; i++) {
      int slot = (start + i) & mask;
      if (slots.get(slot) == null && slots.compareAndSet(slot, null, returned)) {
        return true;
      }
    }
    return false;
  }

  /** Does something to those that lie here now and are meant, and puts them back. */
  void visit(Predicate<T> meant, Consumer<T> work) {
    for (int slot = 0; slot <= mask; slot++) {
      T held = slots.get(slot);
      if (held != null && meant.test(held) && slots.compareAndSet(slot, held, null)) {
        work.accept(held);
        give(held);
      }
    }
  }
}
