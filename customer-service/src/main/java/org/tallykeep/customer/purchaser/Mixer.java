package org.tallykeep.customer.purchaser;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/**
 * Fills in the way from purchasers back to customers, later than the sign-ups and in a crowd.
 *
 * <p>Who waits stands on the customer's side only; the purchaser is found by opening the link. A
 * round writes the purchasers of many customers, in one transaction, among at least as many others
 * drawn at random, dummies and long known ones alike, each sealed anew: which of the rows written
 * got a new value cannot be told. A round that is cut short is simply done again.
 */
@Singleton
final class Mixer implements MaintenanceJob {

  private static final Logger LOG = Logger.getLogger(Mixer.class);

  private final Transactions transactions;
  private final Keys keys;
  private final Links links;
  private final MixerConfig config;
  private final SecureRandom random;

  Mixer(
      Transactions transactions, Keys keys, Links links, MixerConfig config, SecureRandom random) {
    this.transactions = transactions;
    this.keys = keys;
    this.links = links;
    this.config = config;
    this.random = random;
  }

  @Override
  public String name() {
    return "mix";
  }

  /** Mixes everybody who waits. */
  @Override
  public synchronized Map<String, Long> run() {
    long mixed = 0;
    long written = 0;
    while (true) {
      List<UUID> waiting = transactions.call(c -> LinkRepository.waiting(c, config.round()));
      if (waiting.isEmpty()) {
        return Map.of("mixed", mixed, "written", written);
      }
      written += round(waiting);
      mixed += waiting.size();
    }
  }

  @Scheduled(
      every = "${tallykeep.mixer.check-every:30s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void whenThereIsACrowd() {
    quietly(
        () -> {
          if (transactions.call(LinkRepository::countWaiting) >= config.crowd()) {
            run();
          }
        });
  }

  @Scheduled(
      cron = "${tallykeep.mixer.daily:0 17 2 * * ?}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void onceADay() {
    quietly(this::run);
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // Whoever waits goes on waiting; the next turn tries again.
      LOG.warnf("The mixer stopped: %s", e.getMessage());
    }
  }

  private int round(List<UUID> waiting) {
    Map<UUID, UUID> customers = new HashMap<>();
    links
        .purchasersOf(waiting)
        .forEach((customer, purchaser) -> customers.put(purchaser, customer));
    Set<UUID> crowd = new LinkedHashSet<>(customers.keySet());
    crowd.addAll(bystanders(Math.max(customers.size(), config.crowd())));
    Written written = transactions.call(c -> write(c, crowd, customers));
    Set<UUID> mixed = new HashSet<>(waiting);
    mixed.removeAll(renewedMeanwhile(customers, written.found));
    transactions.run(c -> LinkRepository.mixed(c, mixed));
    return written.sealed;
  }

  /** Customers whose purchaser got another pseudonym before it could be told who they are. */
  private Set<UUID> renewedMeanwhile(Map<UUID, UUID> customers, Set<UUID> found) {
    Map<UUID, UUID> missed = new HashMap<>();
    customers.forEach(
        (purchaser, customer) -> {
          if (!found.contains(purchaser)) {
            missed.put(customer, purchaser);
          }
        });
    if (missed.isEmpty()) {
      return Set.of();
    }
    Map<UUID, UUID> now = links.purchasersOf(missed.keySet());
    return missed.keySet().stream()
        .filter(customer -> !Objects.equals(missed.get(customer), now.get(customer)))
        .collect(Collectors.toSet());
  }

  /** Which purchasers were there, and how many of them were sealed anew. */
  private record Written(Set<UUID> found, int sealed) {}

  private Written write(Connection connection, Set<UUID> crowd, Map<UUID, UUID> customers)
      throws SQLException {
    // Another replica's round must not put a dummy back that it read before this one wrote.
    PurchaserRepository.lockForMixing(connection);
    List<PurchaserRepository.Row> rows = PurchaserRepository.rows(connection, crowd);
    Collections.shuffle(rows, random);
    List<PurchaserRepository.Row> sealed = seal(rows, customers);
    PurchaserRepository.update(connection, sealed);
    PurchaserRepository.deleteAnonymous(connection, customers.keySet());
    return new Written(
        rows.stream().map(PurchaserRepository.Row::id).collect(Collectors.toSet()), sealed.size());
  }

  private Collection<UUID> bystanders(int count) {
    List<UUID> points = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      points.add(UUID.randomUUID());
    }
    return transactions.call(c -> PurchaserRepository.nextAfter(c, points));
  }

  private List<PurchaserRepository.Row> seal(
      List<PurchaserRepository.Row> rows, Map<UUID, UUID> customers) {
    List<Optional<SealingKey>> opened =
        keys.reidentifyForMixing(
            rows.stream().map(row -> SealedRecord.keyOf(row.reidentify())).toList());
    List<PurchaserRepository.Row> sealed = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      PurchaserRepository.Row row = rows.get(i);
      // A destroyed key leaves its row as it is: the way back is gone, as it should be.
      opened.get(i).ifPresent(key -> sealed.add(seal(key, row, customers.get(row.id()))));
    }
    return sealed;
  }

  private static PurchaserRepository.Row seal(
      SealingKey key, PurchaserRepository.Row row, @Nullable UUID customer) {
    try (key) {
      return new PurchaserRepository.Row(
          row.id(),
          customer == null
              ? Reidentification.reseal(key, row.id(), row.reidentify())
              : Reidentification.sealCustomer(key, row.id(), customer));
    }
  }
}
