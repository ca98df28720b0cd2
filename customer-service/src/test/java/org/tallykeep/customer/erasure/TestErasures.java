package org.tallykeep.customer.erasure;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.tallykeep.customer.aggregate.HistoriesFixture;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.profile.CustomersFixture;
import org.tallykeep.customer.purchaser.PurchaserErasure;

/** The parts of this package over a real database, as one replica of the service has them. */
final class TestErasures {

  static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

  final FaultyDatabase database;
  final LocalKeys keys;
  final CustomersFixture customers;
  final TestLedger ledger;
  final HistoriesFixture histories;
  final DestroyedLocally revocations;
  final Erasures erasures;
  final CustomerEnd end;
  final ErasureLoop loop;
  final Replay replay;

  TestErasures() {
    this.database = FaultyDatabase.fresh();
    this.keys = new LocalKeys();
    this.customers = new CustomersFixture(database.transactions(), keys);
    this.ledger = new TestLedger(database, keys, customers.links.purchasers);
    this.histories = new HistoriesFixture(database, keys, ledger.events());
    this.revocations = new DestroyedLocally(keys);
    this.erasures =
        new Erasures(database.transactions(), database.records(keys), InstantSource.fixed(NOW));
    PurchaserSide purchasers = new PurchaserSide(database.transactions(), histories.erasure);
    this.end =
        new CustomerEnd(
            erasures, customers.erasure, purchasers, customers.links.links, revocations);
    this.loop = new ErasureLoop(erasures, end);
    this.replay = new Replay(revocations, customers.erasure, purchasers, customers.links.waysBack);
  }

  /** Somebody with an external id, an e-mail address and a phone number. */
  UUID signUp(String name) {
    return switch (customers.send(profile(name)).getFirst()) {
      case RowAnswer.Created(UUID id) -> id;
      case RowAnswer other -> throw new AssertionError(other.toString());
    };
  }

  static String profile(String name) {
    return """
        {"externalId":"%1$s","name":{"given":"Ada"},"emails":["%1$s@example.org"],\
        "phones":["+1202555%2$04d"]}
        """
        .formatted(name, Math.floorMod(name.hashCode(), 10_000));
  }

  UUID purchaserOf(UUID customer) {
    return Objects.requireNonNull(
        customers.links.links.purchasersOf(List.of(customer)).get(customer));
  }

  UUID pseudonymKeyOf(UUID purchaser) {
    return database.transactions().call(c -> PurchaserErasure.keyOf(c, purchaser)).orElseThrow();
  }

  List<RowAnswer> buy(String externalId, String event, int day) {
    return ledger.take(List.of(new TestLedger.Sale(event, externalId, day, "a1", 500)));
  }

  Erasure erase(UUID customer, Mode mode) {
    return end.erase(customer, request(mode));
  }

  static Erasure.Request request(Mode mode) {
    return new Erasure.Request(
        1, mode, NOW.getEpochSecond(), "officer", "asked for in writing", "DSR-1");
  }

  long rows(String table) {
    return database.number("SELECT count(*) FROM " + table);
  }

  /** Rows of a pseudonym or of their purchases, wherever there may be some. */
  Map<String, Long> leftOf(UUID purchaser) {
    return Map.of(
        "purchaser",
        database.number("SELECT count(*) FROM purchaser WHERE id = '%s'".formatted(purchaser)),
        "purchase",
        database.number(
            "SELECT count(*) FROM purchase WHERE purchaser_id = '%s'".formatted(purchaser)),
        "pending",
        database.number(
            "SELECT count(*) FROM purchase_pending WHERE purchaser_id = '%s'".formatted(purchaser)),
        "tags of nothing",
        database.number(
            """
            SELECT (SELECT count(*) FROM purchase_event
                    WHERE purchase_id NOT IN (SELECT id FROM purchase))
                 + (SELECT count(*) FROM purchase_correction
                    WHERE purchase_id NOT IN (SELECT id FROM purchase))
                 + (SELECT count(*) FROM purchase_void
                    WHERE purchase_id NOT IN (SELECT id FROM purchase))
            """));
  }
}
