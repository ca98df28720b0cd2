package org.tallykeep.customer.traits;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.aggregate.HistoryTraits;
import org.tallykeep.customer.index.Outdated;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.customer.purchaser.MixerConfig;

/**
 * Tells the sealed histories what became known of their customers, later than it did and in a
 * crowd, as {@code purchaser.Mixer} does with the way back to customers.
 *
 * <p>Who waits stands on the customer's side only; the history is found by opening the link. A
 * round writes to every shard, one transaction each, at least as many histories of others as of
 * those who wait, each sealed anew: which of them say something new cannot be told. A round that is
 * cut short is simply done again.
 */
@Singleton
final class HistoryMixer implements MaintenanceJob {

  private static final Logger LOG = Logger.getLogger(HistoryMixer.class);

  private final Transactions transactions;
  private final Links links;
  private final KnownCustomers known;
  private final HistoryTraits histories;
  private final MixerConfig config;
  private final SecureRandom random = new SecureRandom();

  HistoryMixer(
      Transactions transactions,
      Links links,
      KnownCustomers known,
      HistoryTraits histories,
      MixerConfig config) {
    this.transactions = transactions;
    this.links = links;
    this.known = known;
    this.histories = histories;
    this.config = config;
  }

  @Override
  public String name() {
    return "mix-histories";
  }

  /** Describes everybody who waits. */
  @Override
  public synchronized Map<String, Long> run() {
    long described = 0;
    long written = 0;
    Set<UUID> left = new HashSet<>();
    while (true) {
      List<ToDescribe.Waiting> waiting =
          transactions.call(c -> ToDescribe.some(c, config.round(), left));
      if (waiting.isEmpty()) {
        return Map.of("described", described, "written", written, "left", (long) left.size());
      }
      int leftBefore = left.size();
      try {
        written += round(waiting, left);
        described += waiting.size() - (left.size() - leftBefore);
      } catch (Outdated e) {
        LOG.debug("Everybody has got another pseudonym: those who wait are looked for anew");
      }
    }
  }

  @Scheduled(
      every = "${tallykeep.mixer.check-every:30s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void whenThereIsACrowd() {
    quietly(
        () -> {
          if (transactions.call(ToDescribe::count) >= config.crowd()) {
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
      LOG.warnf("Histories were not told of their customers: %s", e.getMessage());
    }
  }

  /** Adds those to {@code left} who cannot be described now; they go on waiting. */
  private long round(List<ToDescribe.Waiting> waiting, Set<UUID> left) {
    long seen = links.seen();
    Map<UUID, UUID> purchasers =
        links.purchasersOf(waiting.stream().map(ToDescribe.Waiting::customer).toList());
    Map<Integer, Map<UUID, UUID>> customersByShard = new HashMap<>();
    purchasers.forEach(
        (customer, purchaser) ->
            customersByShard
                .computeIfAbsent(Shards.of(purchaser), shard -> new HashMap<>())
                .put(purchaser, customer));
    long written = 0;
    for (int shard : inRandomOrder()) {
      Map<UUID, UUID> customers = customersByShard.getOrDefault(shard, Map.of());
      int others = Math.max(customers.size(), Math.ceilDiv(config.crowd(), Shards.COUNT));
      written +=
          histories.write(shard, others, c -> describe(underCurrent(c, seen, customers), left));
    }
    // Whose link does not open is no more: there is nobody to describe.
    List<ToDescribe.Waiting> done =
        waiting.stream().filter(each -> !left.contains(each.customer())).toList();
    transactions.run(c -> ToDescribe.described(c, done));
    return written;
  }

  /** Customers by what their purchasers are called now that nobody of that shard is renewed. */
  private Map<UUID, UUID> underCurrent(Connection connection, long seen, Map<UUID, UUID> customers)
      throws SQLException {
    Map<UUID, UUID> renewed = links.current(connection, seen, customers.keySet());
    Map<UUID, UUID> current = new HashMap<>();
    customers.forEach(
        (purchaser, customer) -> current.put(renewed.getOrDefault(purchaser, purchaser), customer));
    return current;
  }

  /** By purchaser. */
  private Map<UUID, Traits> describe(Map<UUID, UUID> customers, Set<UUID> left) {
    Map<UUID, Traits> traits = new HashMap<>();
    Map<UUID, Traits> byCustomer =
        customers.isEmpty() ? Map.of() : known.describe(customers.values());
    customers.forEach(
        (purchaser, customer) -> {
          Traits theirs = byCustomer.get(customer);
          if (theirs == null) {
            left.add(customer);
          } else {
            traits.put(purchaser, theirs);
          }
        });
    return traits;
  }

  private Collection<Integer> inRandomOrder() {
    List<Integer> shards = new ArrayList<>(IntStream.range(0, Shards.COUNT).boxed().toList());
    Collections.shuffle(shards, random);
    return shards;
  }
}
