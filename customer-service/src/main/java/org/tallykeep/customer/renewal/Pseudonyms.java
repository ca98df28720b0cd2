package org.tallykeep.customer.renewal;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.tallykeep.customer.ledger.LedgerRenewal;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Transactions;

/**
 * Goes through the pseudonyms that wait, batch by batch, shards and pseudonyms in random order. One
 * of whom something does not open stays as it is and stops no other.
 */
@Singleton
final class Pseudonyms {

  private final Transactions transactions;
  private final RenewalBatch batch;
  private final RenewalConfig config;

  Pseudonyms(Transactions transactions, RenewalBatch batch, RenewalConfig config) {
    this.transactions = transactions;
    this.batch = batch;
    this.config = config;
  }

  /**
   * Moves all that can be moved.
   *
   * @return how many are left
   */
  long moveAll(UUID renewal, BooleanSupplier stopping) {
    LeftRows left = new LeftRows("pseudonyms");
    Set<UUID> stuck = new HashSet<>();
    List<Integer> shards = transactions.call(RenewalJobRepository::shards);
    while (!shards.isEmpty()) {
      Collections.shuffle(shards);
      for (int shard : List.copyOf(shards)) {
        if (stopping.getAsBoolean()) {
          throw new IllegalStateException("the service is stopping");
        }
        if (!moveSome(renewal, shard, stuck, left)) {
          shards.remove(Integer.valueOf(shard));
        }
      }
    }
    left.say();
    return transactions.call(RenewalJobRepository::left);
  }

  /** Some that wait in a shard, and whether there are more. */
  private record Portion(List<UUID> some, boolean isLast) {}

  /** Whether there may be more in that shard. */
  private boolean moveSome(UUID renewal, int shard, Set<UUID> stuck, LeftRows left) {
    Portion portion = portion(shard, stuck);
    List<UUID> some = portion.some;
    if (some.isEmpty()) {
      return false;
    }
    long began = System.nanoTime();
    // Who it is of several is found out one by one, and said then.
    LeftRows noted = some.size() == 1 ? left : new LeftRows("pseudonyms");
    if (!moved(renewal, shard, some, noted)) {
      List<UUID> failed =
          some.size() == 1
              ? some
              : some.stream().filter(each -> !moved(renewal, shard, List.of(each), left)).toList();
      stuck.addAll(failed);
      // Where nobody can be moved it is the shard: its manifests do not hold.
      return failed.size() < some.size() || some.size() == 1;
    }
    rest(Duration.ofNanos(System.nanoTime() - began));
    return !portion.isLast;
  }

  private boolean moved(UUID renewal, int shard, List<UUID> some, LeftRows left) {
    return left.open(
            () -> {
              batch.move(renewal, shard, some);
              return true;
            })
        .isPresent();
  }

  private Portion portion(int shard, Set<UUID> stuck) {
    return transactions.call(
        c -> {
          List<UUID> drawn = RenewalJobRepository.draw(c, shard, stuck, config.pseudonyms());
          Map<UUID, Long> purchases = LedgerRenewal.count(c, drawn);
          List<UUID> some = new ArrayList<>();
          long all = 0;
          for (UUID pseudonym : drawn) {
            all += purchases.getOrDefault(pseudonym, 0L);
            if (some.isEmpty() || all <= config.purchases()) {
              some.add(pseudonym);
            }
          }
          return new Portion(
              some, some.size() == drawn.size() && drawn.size() < config.pseudonyms());
        });
  }

  /** Whoever sends purchases had to wait: now it is their turn. */
  private void rest(Duration took) {
    Duration most = config.rest();
    try {
      Thread.sleep(took.compareTo(most) < 0 ? took : most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the service is stopping", e);
    }
  }
}
