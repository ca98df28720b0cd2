package org.tallykeep.customer.renewal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.aggregate.HistoriesFixture;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.ledger.LedgerRenewalFixture;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.ledger.TestLedger.Happening;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.purchaser.RenewalPeople;

/** Customers, anonymous buyers and their purchases on a real database, and their renewal. */
final class RenewalWorld {

  final FaultyDatabase database;
  final LocalKeys keys;
  final IndexVersions index;
  final RenewalPeople people;
  final TestLedger ledger;
  final HistoriesFixture histories;
  final LedgerRenewalFixture stored;
  final RenewalBatch batch;
  final RenewalSteps steps;
  final RenewalJob job;
  final Renewals renewals;
  final Set<String> buyers = new HashSet<>();

  RenewalWorld(int pool, Configured config) {
    this(FaultyDatabase.fresh(), new LocalKeys(), pool, config);
  }

  /** As another replica. */
  RenewalWorld(FaultyDatabase database, LocalKeys keys, int pool, Configured config) {
    this.database = database;
    this.keys = keys;
    this.index = IndexFixture.versions(database.transactions(), keys);
    this.stored = new LedgerRenewalFixture(database.transactions(), keys.records());
    this.people = new RenewalPeople(database.transactions(), keys, index, pool);
    this.ledger = new TestLedger(database, keys, people.purchasers);
    this.histories = new HistoriesFixture(database, keys, ledger.events());
    this.batch =
        new RenewalBatch(
            database.transactions(), index, people.renewal, stored.renewal, histories.renewal);
    this.steps =
        new RenewalSteps(
            database.transactions(),
            index,
            new Pseudonyms(database.transactions(), batch, config),
            people.renewal,
            people.linkRenewal);
    this.job = new RenewalJob(database.transactions(), steps);
    this.renewals = new Renewals(database.transactions(), index, java.time.InstantSource.system());
  }

  record Configured(String checkEvery, int pseudonyms, int purchases, Duration rest)
      implements RenewalConfig {
    static Configured of(int pseudonyms, int purchases) {
      return new Configured("off", pseudonyms, purchases, Duration.ZERO);
    }
  }

  /** Buyers with and without a profile; what was corrected, returned, put aside or waits. */
  void fill(int persons, int sales) {
    Random random = new Random(5);
    for (int i = 0; i < persons; i++) {
      buyers.add("h-" + i);
      if (i % 3 == 0) {
        people.signUp("h-" + i);
      }
    }
    List<Happening> happenings = new ArrayList<>();
    for (int i = 0; i < sales; i++) {
      Sale sale = TestLedger.randomSale("e-" + i, random, persons);
      happenings.add(
          new Happening(sale, i % 11 == 5, i % 7 == 6 ? "e-" + (i - 3) : null, i % 14 == 6));
    }
    ledger.takeHappenings(happenings.subList(0, sales / 2));
    histories.count();
    people.signUp("h-1");
    people.signUp(null);
    people.mix();
    ledger.closePartition();
    ledger.takeHappenings(happenings.subList(sales / 2, sales));
    long huge = Long.MAX_VALUE - 5;
    buyers.add("h-huge");
    ledger.take(
        List.of(
            new Sale("huge-1", "h-huge", 10_000, "z0", huge),
            new Sale("huge-2", "h-huge", 10_000, "z0", huge)));
    histories.count();
    people.signUp("h-2");
    tell("h-0", new Traits(false, true, Map.of("tier", "gold")));
    tell("h-3", new Traits(false, false, Map.of("region", "north", "tier", "")));
    ledger.take(List.of(new Sale("waits", "h-3", 10_001, "a0", 7)));
    ledger.takeHappenings(
        List.of(new Happening(new Sale("late", "h-4", 10_002, "a0", 8), false, "e-1", false)));
  }

  /** As histories are told of their customers. */
  private void tell(String buyer, Traits traits) {
    UUID purchaser = people.purchaserOf(buyer);
    histories.traits.write(Shards.of(purchaser), 3, c -> Map.of(purchaser, traits));
  }

  List<PurchaseHistory.Day> daysOf(String buyer) {
    return Objects.requireNonNull(histories.days().get(people.purchaserOf(buyer))).days();
  }

  Map<String, UUID> purchasers() {
    Map<String, UUID> purchasers = new HashMap<>();
    buyers.forEach(buyer -> purchasers.put(buyer, people.purchaserOf(buyer)));
    return purchasers;
  }

  /** Everything that is named by a random id on the purchasers' side. */
  Set<UUID> names() {
    Set<UUID> names = new HashSet<>();
    for (String column :
        List.of(
            "id FROM purchaser",
            "id FROM purchaser_gone",
            "id FROM purchase",
            "purchaser_id FROM purchase",
            "id FROM purchase_history")) {
      names.addAll(
          database
              .transactions()
              .call(c -> Sql.query(c, "SELECT " + column, row -> row.getObject(1, UUID.class))));
    }
    return names;
  }

  /** How often one of these names stands anywhere in the database, in whatever column. */
  long found(Set<UUID> names) {
    return database
        .transactions()
        .call(
            c -> {
              long found = 0;
              for (String query :
                  Sql.query(
                      c,
                      """
                      SELECT format(
                        CASE data_type WHEN 'uuid' THEN
                          'SELECT count(*) FROM %1$I t JOIN unnest(?) AS name ON t.%2$I = name'
                        ELSE 'SELECT count(*) FROM %1$I t JOIN unnest(?) AS name
                          ON position(uuid_send(name) IN t.%2$I) > 0' END,
                        table_name, column_name)
                      FROM information_schema.columns
                      WHERE table_schema = 'public' AND data_type IN ('uuid', 'bytea')
                      """,
                      row -> row.getString(1))) {
                found += Sql.number(c, query, (Object) Sql.ids(names));
              }
              return found;
            });
  }

  /** Turns the index key over; every tag is made anew. */
  void rotate(int version) {
    keys.indexVersions().make(version);
    IndexFixture.rotation(
            database.transactions(),
            index,
            List.of(
                ledger.reindexed(),
                ledger.reindexedCorrections(),
                people.reindexed,
                histories.reindexed()),
            keys.indexVersions(),
            version)
        .run();
  }
}
