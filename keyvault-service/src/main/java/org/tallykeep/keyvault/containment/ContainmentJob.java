package org.tallykeep.keyvault.containment;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.containment.Containment.Step;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.KeyEvents;
import org.tallykeep.keyvault.incident.Exposures;
import org.tallykeep.keyvault.incident.Incident;
import org.tallykeep.keyvault.incident.Incidents;
import org.tallykeep.keyvault.incident.Touched;
import org.tallykeep.keyvault.person.ReplacedKeys;
import org.tallykeep.keyvault.person.ReplacedKeys.Renewed;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.platform.IdTable;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Goes on with containments, on every replica, one at a time. A step, or a portion of one, is one
 * transaction that also notes how far it is: whoever dies leaves nothing half done.
 */
@Singleton
class ContainmentJob {

  private static final Logger LOG = Logger.getLogger(ContainmentJob.class);
  private static final int PORTION = 1_000;

  /** Whoever locks rows of keys does it in this order. */
  private static final Comparator<UUID> AS_THE_DATABASE =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  /** Among fewer, a touched pseudonym would be known for one that was touched. */
  private static final int PSEUDONYMS_AT_LEAST = 256;

  private final Database database;
  private final ContainmentRepository repository;
  private final RekeyRepository rekeys;
  private final Keys keys;
  private final Evidence evidence;
  private final Clock clock;

  /** What is replaced. */
  @Singleton
  record Keys(ReplacedKeys persons, DatasetKeys datasets, KeyEvents events) {}

  /** What is known of what was given. */
  @Singleton
  record Evidence(Incidents incidents, Exposures exposures) {}

  ContainmentJob(
      Database database,
      ContainmentRepository repository,
      RekeyRepository rekeys,
      Keys keys,
      Evidence evidence,
      Clock clock) {
    this.database = database;
    this.repository = repository;
    this.rekeys = rekeys;
    this.keys = keys;
    this.evidence = evidence;
    this.clock = clock;
  }

  @Scheduled(
      every = "{tallykeep.containment.check-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void run() {
    try {
      boolean more = true;
      while (more) {
        Optional<Counted> counted = count();
        more = database.transaction(connection -> step(connection, counted));
      }
    } catch (Unavailable e) {
      LOG.warnf("A containment is gone on with later: %s", e.getMessage());
    } catch (RuntimeException e) {
      // Nothing of the step is done; a rotation that came in between passes by itself.
      LOG.error("A containment could not be gone on with", e);
    }
  }

  /** What an incident's principal was given. */
  private record Counted(UUID incident, Touched touched) {}

  /** Long work, and not only the database's: outside of any transaction. */
  private Optional<Counted> count() {
    return database
        .statement(repository::next)
        .filter(next -> next.step() == Step.COUNT)
        .map(Containment::incident)
        .flatMap(evidence.incidents()::find)
        .map(incident -> new Counted(incident.id(), evidence.exposures().touched(incident)));
  }

  /** One step, or a portion of one; false when there is nothing to do now. */
  private boolean step(Connection connection, Optional<Counted> counted) throws SQLException {
    if (!repository.tryLock(connection)) {
      return false;
    }
    Optional<Containment> next = repository.next(connection);
    if (next.isEmpty()) {
      return false;
    }
    Containment before = next.get();
    Containment after =
        switch (before.step()) {
          case COUNT -> {
            Optional<Touched> touched =
                counted
                    .filter(each -> each.incident().equals(before.incident()))
                    .map(Counted::touched);
            // One that was begun in this moment is counted in the next turn.
            yield touched.isPresent() ? want(connection, before, touched.get()) : before;
          }
          case KEYS -> makeKeys(connection, before);
          case DATASETS -> turnOver(connection, before);
          case RESEAL -> await(connection, before);
        };
    repository.save(connection, after);
    return after.state() == Containment.State.RUNNING;
  }

  private Containment want(Connection connection, Containment now, Touched touched)
      throws SQLException {
    want(connection, Family.SUBJECT, touched.subjects());
    want(connection, Family.PSEUDONYM, touched.pseudonyms());
    if (touched.faults().filter(faults -> faults == 0).isEmpty()) {
      LOG.errorf(
          "The audit that incident %s is contained from is not known to be whole: more may have"
              + " been given",
          now.incident());
    }
    return now.with(
            touched.datasets().stream()
                .filter(ContainmentJob::isTurnedOver)
                .map(Purpose::label)
                .toList())
        .fromAuditWith(touched.faults())
        .counting(0, rekeys.unmade(connection))
        .then(Step.KEYS);
  }

  private void want(Connection connection, Family family, IdTable touched) throws SQLException {
    List<UUID> ids = new ArrayList<>(touched.size());
    touched.forEach(ids::add);
    ids.sort(AS_THE_DATABASE);
    for (int from = 0; from < ids.size(); from += PORTION) {
      rekeys.want(connection, family, ids.subList(from, Math.min(ids.size(), from + PORTION)));
    }
  }

  /** The index key has every stored tag made anew: an officer asks for that by itself. */
  private static boolean isTurnedOver(Purpose purpose) {
    return switch (purpose) {
      case LEDGER, AGGREGATE, MANIFEST, AUDIT -> true;
      case INDEX, TAG, REVOCATION, IDENTITY, CONTACT, LINK, MASK, REIDENTIFY -> false;
    };
  }

  private Containment makeKeys(Connection connection, Containment now) throws SQLException {
    for (Family family : List.of(Family.SUBJECT, Family.PSEUDONYM)) {
      List<UUID> ids = rekeys.nextUnmade(connection, family, PORTION);
      if (!ids.isEmpty()) {
        int others = family == Family.PSEUDONYM ? among(connection, ids.size()) : 0;
        // First they are to be as many, then they are made together.
        return others > 0
            ? now.counting(now.done(), now.total() + others)
            : make(connection, now, family, ids);
      }
    }
    return now.then(Step.DATASETS);
  }

  private Containment make(Connection connection, Containment now, Family family, List<UUID> ids)
      throws SQLException {
    List<UUID> destroyed =
        family == Family.PSEUDONYM ? keys.persons().destroyed(connection, family, ids) : List.of();
    if (!destroyed.isEmpty()) {
      // They hide nobody: first others come in their place.
      rekeys.made(connection, family, destroyed, Map.of());
      return made(now, destroyed.size());
    }
    Map<UUID, Renewed> renewed = keys.persons().renew(connection, family, ids);
    rekeys.made(connection, family, ids, renewed);
    return made(now, ids.size());
  }

  private static Containment made(Containment now, int keys) {
    long done = now.done() + keys;
    return now.counting(done, Math.max(now.total(), done));
  }

  /** Wants so many others that those that get a newer version now are enough. */
  private int among(Connection connection, int pseudonyms) throws SQLException {
    return pseudonyms < PSEUDONYMS_AT_LEAST
        ? rekeys.wantOthers(connection, PSEUDONYMS_AT_LEAST - pseudonyms)
        : 0;
  }

  private Containment turnOver(Connection connection, Containment now) throws SQLException {
    if (now.datasets().isEmpty()) {
      long open = rekeys.open(connection);
      return now.counting(0, open).then(Step.RESEAL);
    }
    Purpose purpose = Purpose.named(now.datasets().getFirst()).orElseThrow();
    keys.datasets().turnOver(connection, purpose);
    keys.events().append(connection, KeyEvent.Kind.ROTATED, purpose.label());
    return now.with(now.datasets().subList(1, now.datasets().size()));
  }

  private Containment await(Connection connection, Containment now) throws SQLException {
    long open = rekeys.open(connection);
    long unmade = rekeys.unmade(connection);
    if (unmade > 0) {
      // Exposed by a later incident, while they were being replaced.
      return now.counting(0, unmade).then(Step.KEYS);
    }
    if (open > 0) {
      repository.progress(connection, open);
      return now.counting(Math.max(0, now.total() - open), Math.max(now.total(), open));
    }
    evidence.incidents().setState(connection, now.incident(), Incident.State.CONTAINED);
    LOG.infof("Incident %s is contained", now.incident());
    return now.finished(clock.instant());
  }
}
