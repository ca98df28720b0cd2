package org.tallykeep.customer.rekey;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.rekey.KeyServiceRekeys.Said;
import org.tallykeep.customer.rekey.KeyServiceRekeys.Version;

/**
 * Seals anew what lies under keys that the key service replaces, and says so. What was done is in
 * the rows, and what was not yet said comes again: whoever dies leaves the rest to the next turn,
 * here or at another replica.
 */
@Singleton
final class RekeyJob implements MaintenanceJob {

  private static final Logger LOG = Logger.getLogger(RekeyJob.class);

  /** As many as the key service names at once. */
  private static final int PAGE = 1_000;

  /** Advisory locks of this service are pairs; the first number says what they are about. */
  private static final int LOCK = 0x52454b59;

  /** So many turns are left out after one that left keys: they need somebody to do something. */
  private static final int RESTS = 10;

  private final Transactions transactions;
  private final List<Resealed> all;
  private final KeyServiceRekeys keyService;
  private final AbsentKeys absent;
  private final InstantSource clock;
  private volatile boolean stopping;

  /** Used by one turn after the other. */
  private int resting;

  RekeyJob(
      Transactions transactions,
      @All List<Resealed> all,
      @RestClient KeyServiceRekeys keyService,
      RekeyConfig config,
      InstantSource clock) {
    this.transactions = transactions;
    this.all = all;
    this.keyService = keyService;
    this.absent = new AbsentKeys(config.absentFor());
    this.clock = clock;
  }

  void onStop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  @Override
  public String name() {
    return "rekey";
  }

  /**
   * Goes on with what is to be sealed anew, as far as it goes now.
   *
   * @return how many keys were said to be done; how many wait because nothing of them is found; and
   *     how many are left because something of them does not open. Empty when there is nothing to
   *     do, or another replica is at it
   */
  @Override
  public Map<String, Long> run() {
    if (all.stream().noneMatch(kind -> isAnyWaiting(kind.kind()))) {
      absent.forgetAll();
      return Map.of();
    }
    // Held by a connection of its own: with the replica that dies the lock is gone, too.
    return transactions.call(c -> Sql.tryLock(c, LOCK, 0) ? goOn() : Map.of());
  }

  private boolean isAnyWaiting(String kind) {
    return !keyService.waiting(kind, null, 1).rekeys().isEmpty();
  }

  @Scheduled(
      every = "${tallykeep.rekey.check-every:30s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void whenItIsAsked() {
    if (resting > 0) {
      resting--;
      return;
    }
    try {
      Map<String, Long> done = run();
      if (done.getOrDefault("left", 0L) > 0) {
        LOG.warnf("Keys of which something cannot be sealed anew: %s", done);
        resting = RESTS;
      }
    } catch (RuntimeException e) {
      // The next turn comes late enough.
      if (!stopping) {
        LOG.warnf("Values are sealed anew later: %s", e.getMessage());
      }
    }
  }

  /** Page after page: what cannot be done now keeps nothing behind it waiting. */
  private Map<String, Long> goOn() {
    Round round = new Round();
    for (Resealed each : all) {
      List<Rekey> page = List.of();
      do {
        UUID after = page.isEmpty() ? null : page.getLast().id();
        page = keyService.waiting(each.kind(), after, PAGE).rekeys();
        round.take(each, page);
      } while (page.size() == PAGE);
    }
    round.sayWhatIsLeft();
    return Map.of("sealed", round.done, "absent", round.absentYet, "left", round.countLeft());
  }

  /** What becomes of all keys that wait. */
  private final class Round {
    long done;
    long absentYet;
    final Map<String, List<Version>> left = new HashMap<>();

    void take(Resealed kind, List<Rekey> keys) {
      if (stopping) {
        throw new IllegalStateException("the service is stopping");
      }
      if (keys.isEmpty()) {
        return;
      }
      AbsentKeys.UnderWay before = transactions.call(c -> AbsentKeys.UnderWay.now(c, clock));
      Resealed.Result result = kind.reseal(keys);
      List<Version> sealed = new ArrayList<>();
      Set<UUID> said = new HashSet<>();
      for (Rekey key : keys) {
        if (absent.forLong(key.id(), result.absent(), before)
            || result.sealed().contains(key.id())) {
          sealed.add(new Version(key.id(), key.to()));
          said.add(key.id());
        } else if (result.absent().contains(key.id())) {
          absentYet++;
        } else {
          left.computeIfAbsent(kind.kind(), none -> new ArrayList<>())
              .add(new Version(key.id(), key.to()));
        }
      }
      if (!sealed.isEmpty()) {
        keyService.acknowledge(new Said(kind.kind(), sealed));
        absent.forget(said);
        done += sealed.size();
        LOG.infof("Sealed anew: what lies under %d keys so far", done);
      }
    }

    /** When all else is said. */
    void sayWhatIsLeft() {
      left.forEach(
          (kind, keys) -> {
            for (int from = 0; from < keys.size(); from += PAGE) {
              keyService.leave(
                  new Said(kind, keys.subList(from, Math.min(keys.size(), from + PAGE))));
            }
          });
    }

    long countLeft() {
      return left.values().stream().mapToLong(List::size).sum();
    }
  }
}
