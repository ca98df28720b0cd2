package org.tallykeep.customer.index;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Moves everything that is found by tags to the version of the index key that the key service has
 * made. What was done is in the rows, so whoever dies leaves the rest to the next turn, here or at
 * another replica.
 *
 * <ol>
 *   <li>From one moment on whatever is written gets a tag under both versions.
 *   <li>Whatever was there before gets its newer tag, from the sealed value.
 *   <li>When nothing is left without, the newer version alone is in force.
 *   <li>The older tags are forgotten, and the key service ends the version they were made with,
 *       unless marks of erased customers were made with it.
 * </ol>
 */
@Singleton
final class IndexRotation implements MaintenanceJob {

  private static final Logger LOG = Logger.getLogger(IndexRotation.class);

  /** So many turns are left out after one that left rows: they need somebody to do something. */
  private static final int RESTS = 60;

  /** After one that failed in its work. */
  private static final int RESTS_AFTER_FAILURE = 12;

  /** After one that the key service stopped by being away: it comes back. */
  private static final int RESTS_WHILE_AWAY = 1;

  private final Transactions transactions;
  private final IndexVersions versions;
  private final List<Reindexed> all;
  private final KeyServiceIndex keyService;
  private volatile boolean stopping;

  /** Used by one turn after the other. */
  private int resting;

  private volatile boolean working;

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
    } else {
      resting = turn();
    }
  }

  /** How many turns are left out after this one. */
  private int turn() {
    working = false;
    try {
      Map<String, Long> left = run();
      if (isDone(left)) {
        return 0;
      }
      LOG.warnf("Rows that cannot have their new tags yet: %s", left);
      return RESTS;
    } catch (RuntimeException e) {
      if (!stopping) {
        LOG.warnf("Tags are made anew later: %s", e.getMessage());
      }
      // Asking costs nothing; work that failed is not begun anew at once.
      return !working ? 0 : isAway(e) ? RESTS_WHILE_AWAY : RESTS_AFTER_FAILURE;
    }
  }

  private static boolean isAway(RuntimeException failure) {
    return failure instanceof Unavailable || failure instanceof ProcessingException;
  }

  private Map<String, Long> goOn(KeyServiceIndex.Asked asked) {
    working = true;
    int version = asked.version();
    versions.introduce(version);
    Map<String, Long> left = left(version);
    if (!isDone(left)) {
      move(asked, left);
      left = left(version);
    }
    // Nothing came in without its newer tag since it was introduced, so nothing will.
    if (isDone(left) && versions.settle(version, c -> isAnyLeft(c, version))) {
      all.forEach(each -> forget(each, version));
      long total = total();
      keyService.note(asked.id(), new KeyServiceIndex.Retagged(total, total));
      keyService.complete(asked.id(), kept());
      LOG.infof("Everything is found by version %d of the index key", version);
    }
    return left;
  }

  private List<Integer> kept() {
    return transactions.call(versions::kept).stream().map(KeyRef::version).toList();
  }

  private static boolean isDone(Map<String, Long> left) {
    return left.values().stream().allMatch(rows -> rows == 0);
  }

  private boolean isAnyLeft(Connection connection, int version) throws SQLException {
    for (Reindexed each : all) {
      if (each.isAnyLeft(connection, version)) {
        return true;
      }
    }
    return false;
  }

  private long total() {
    return all.stream().mapToLong(each -> transactions.<Long>call(each::total)).sum();
  }

  private void move(KeyServiceIndex.Asked asked, Map<String, Long> left) {
    long total = total();
    long open = left.values().stream().mapToLong(Long::longValue).sum();
    Noted noted = new Noted(keyService, asked, () -> stopping, total - open, total);
    noted.tell();
    all.forEach(each -> each.move(versions, noted));
    noted.tell();
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
