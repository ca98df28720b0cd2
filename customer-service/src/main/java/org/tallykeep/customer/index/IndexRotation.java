package org.tallykeep.customer.index;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.platform.Transactions;

/**
 * Moves everything that is found by tags to the version of the index key that the key service has
 * made. What was done is in the rows, so whoever dies leaves the rest to the next turn, here or at
 * another replica.
 *
 * <ol>
 *   <li>From one moment on whatever is written gets a tag under both versions.
 *   <li>Whatever was there before gets its newer tag, from the sealed value.
 *   <li>When nothing is left without, the newer version alone is in force.
 *   <li>The older tags are forgotten, and the key service destroys the version they were made with.
 * </ol>
 */
@Singleton
final class IndexRotation implements MaintenanceJob {

  private static final Logger LOG = Logger.getLogger(IndexRotation.class);

  /** How often the key service is told how far it is. */
  private static final long NOTED_EVERY = 50_000;

  /** So many turns are left out after one that left rows: they need somebody to do something. */
  private static final int RESTS = 60;

  private final Transactions transactions;
  private final IndexVersions versions;
  private final List<Reindexed> all;
  private final KeyServiceIndex keyService;
  private volatile boolean stopping;

  /** Used by one turn after the other. */
  private int resting;

  IndexRotation(
      Transactions transactions,
      IndexVersions versions,
      @All List<Reindexed> all,
      @RestClient KeyServiceIndex keyService) {
    this.transactions = transactions;
    this.versions = versions;
    this.all = all;
    this.keyService = keyService;
  }

  void onStop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  @Override
  public String name() {
    return "reindex";
  }

  /**
   * Goes on with the rotation that is under way, as far as it goes now.
   *
   * @return what is left to be moved; empty when there is nothing to do, or another replica is at
   *     it
   */
  @Override
  public Map<String, Long> run() {
    List<KeyServiceIndex.Asked> asked = keyService.underWay().rotations();
    return asked.isEmpty()
        ? Map.of()
        // Held by a connection of its own: with the replica that dies the lock is gone, too.
        : transactions.call(
            c -> VersionRepository.tryLockJob(c) ? goOn(asked.getFirst()) : Map.of());
  }

  @Scheduled(
      every = "${tallykeep.index.check-every:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void whenItIsAsked() {
    if (resting > 0) {
      resting--;
      return;
    }
    try {
      Map<String, Long> left = run();
      if (left.values().stream().anyMatch(rows -> rows > 0)) {
        LOG.warnf("Rows that cannot have their new tags yet: %s", left);
        resting = RESTS;
      }
    } catch (RuntimeException e) {
      if (!stopping) {
        LOG.warnf("Tags are made anew later: %s", e.getMessage());
      }
    }
  }

  private Map<String, Long> goOn(KeyServiceIndex.Asked asked) {
    int version = asked.version();
    versions.introduce(version);
    if (versions.load().coming().isPresent()) {
      move(asked);
    }
    Map<String, Long> left = left(version);
    if (left.values().stream().allMatch(rows -> rows == 0)) {
      // Nothing came in without its newer tag since it was introduced, so nothing will.
      versions.settle(version);
      all.forEach(each -> forget(each, version));
      keyService.complete(asked.id());
      LOG.infof("Everything is found by version %d of the index key", version);
    }
    return left;
  }

  private void move(KeyServiceIndex.Asked asked) {
    long total = 0;
    long left = 0;
    for (Reindexed each : all) {
      total += transactions.call(each::total);
      left += transactions.call(c -> each.left(c, asked.version()));
    }
    Noted noted = new Noted(asked, total - left, total);
    noted.tell();
    all.forEach(each -> each.move(versions, noted));
    noted.tell();
  }

  /** Tells the key service now and then how far it is. */
  private final class Noted implements Reindexed.Count {
    private final KeyServiceIndex.Asked asked;
    private final long total;
    private long done;
    private long told;

    Noted(KeyServiceIndex.Asked asked, long done, long total) {
      this.asked = asked;
      this.done = done;
      this.total = total;
    }

    @Override
    public void add(long rows) {
      if (stopping) {
        throw new IllegalStateException("the service is stopping");
      }
      done += rows;
      if (done - told >= NOTED_EVERY) {
        tell();
      }
    }

    void tell() {
      told = done;
      keyService.note(asked.id(), new KeyServiceIndex.Retagged(done, Math.max(done, total)));
    }
  }

  private Map<String, Long> left(int version) {
    Map<String, Long> left = new TreeMap<>();
    for (Reindexed each : all) {
      left.put(each.name(), transactions.call(c -> each.left(c, version)));
    }
    return left;
  }

  private void forget(Reindexed each, int version) {
    int forgotten;
    do {
      forgotten = transactions.call(c -> each.forget(c, version));
    } while (forgotten > 0);
  }
}
