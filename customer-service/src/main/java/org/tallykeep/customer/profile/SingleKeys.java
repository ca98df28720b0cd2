package org.tallykeep.customer.profile;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.envelope.SealingKey;

/**
 * Keys of one customer's personal values, asked for while other things are done, one after the
 * other: whoever is stopped at the first one has not asked for the next. Closing waits for what was
 * asked for, whatever became of the rest, and closes it.
 */
final class SingleKeys implements AutoCloseable {

  private final Map<Keys.Personal, CompletableFuture<Optional<SealingKey>>> asked =
      new EnumMap<>(Keys.Personal.class);

  private CompletableFuture<?> last = CompletableFuture.completedFuture(Optional.empty());

  void ask(Keys.Personal purpose, Supplier<List<Optional<SealingKey>>> key) {
    CompletableFuture<Optional<SealingKey>> next =
        last.thenApplyAsync(
            _ -> key.get().getFirst(), task -> Thread.ofVirtual().name("reveal").start(task));
    asked.put(purpose, next);
    last = next;
  }

  /** Open until this is closed; nothing if it is gone. */
  Optional<SealingKey> key(Keys.Personal purpose) {
    return joined(Objects.requireNonNull(asked.get(purpose)));
  }

  @Override
  public void close() {
    for (CompletableFuture<Optional<SealingKey>> answer : asked.values()) {
      // Whoever waited for it was told of its failure, unless another's came first.
      answer.exceptionally(_ -> Optional.empty()).join().ifPresent(SealingKey::close);
    }
  }

  private static <T> T joined(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }
}
