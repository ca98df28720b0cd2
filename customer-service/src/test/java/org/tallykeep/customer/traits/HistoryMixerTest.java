package org.tallykeep.customer.traits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.aggregate.HistoriesFixture;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.SubjectKeys;
import org.tallykeep.customer.purchaser.LinksFixture;
import org.tallykeep.customer.purchaser.MixerConfig;
import org.tallykeep.customer.purchaser.SignUps;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;

/** Who waits, and how their histories are told. */
class HistoryMixerTest {

  private static final Traits REFUSED = new Traits(false, true, Map.of());
  private static final Traits GOLD = new Traits(false, false, Map.of("tier", "gold"));
  private static final int CROWD = 128;

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final IndexVersions index = IndexFixture.versions(database.transactions(), keys);
  private final LinksFixture links = new LinksFixture(database.transactions(), keys, index);
  private final HistoriesFixture histories = new HistoriesFixture(database, keys);
  private final Map<UUID, Traits> known = new HashMap<>();
  private final HistoryMixer mixer = mixer(ids -> new HashMap<>(known));
  private final List<UUID> customers = new ArrayList<>();

  private record Crowds(int crowd, int round, String checkEvery, String daily)
      implements MixerConfig {}

  @BeforeEach
  void buy() {
    customers.addAll(signUp(40));
    histories.buy(links.links.purchasersOf(customers).values());
    histories.buy(IntStream.range(0, 300).mapToObj(i -> UUID.randomUUID()).toList());
  }

  @Test
  void nothingIsWrittenToHistoriesWhenSomebodyBeginsToWait() {
    String before = historySide();

    know(customers.get(0), REFUSED);

    assertThat(historySide()).isEqualTo(before);
    assertThat(database.number("SELECT count(*) FROM customer_to_describe")).isOne();
  }

  @Test
  void oneWhoWaitsIsToldAmongACrowdInEveryShard() {
    know(customers.get(0), REFUSED);
    Map<UUID, PurchaseHistory> before = histories.days();
    String newest = newest();

    Map<String, Long> counts = mixer.run();

    assertThat(counts).containsEntry("described", 1L).containsEntry("left", 0L);
    long written = counts.getOrDefault("written", 0L);
    assertThat(written).isGreaterThanOrEqualTo(100);
    assertThat(
            database.number(
                "SELECT count(*) FROM purchase_history WHERE xmin::text::bigint > " + newest))
        .isEqualTo(written);
    assertThat(
            database.number(
                "SELECT min(n) FROM (SELECT count(*) AS n FROM purchase_history"
                    + " WHERE xmin::text::bigint > "
                    + newest
                    + " GROUP BY xmin::text) AS shards"))
        .as("whichever shard it was, it has others")
        .isGreaterThanOrEqualTo(1);
    Map<UUID, PurchaseHistory> expected = new HashMap<>(before);
    expected.computeIfPresent(purchaser(customers.get(0)), (id, h) -> h.with(REFUSED));
    assertThat(histories.days()).isEqualTo(expected);
    assertThat(database.number("SELECT count(*) FROM customer_to_describe")).isZero();
  }

  @Test
  void whoDidNotBuyIsToldAsWell() {
    UUID customer = signUp(1).getFirst();
    know(customer, GOLD);

    mixer.run();

    assertThat(histories.days().get(purchaser(customer)))
        .isEqualTo(new PurchaseHistory(List.of(), GOLD));
  }

  @Test
  void whoChangesWhileARoundIsWrittenGoesOnWaiting() {
    UUID customer = customers.getFirst();
    know(customer, REFUSED);
    HistoryMixer interrupted =
        mixer(
            ids -> {
              Map<UUID, Traits> asRead = new HashMap<>(known);
              if (REFUSED.equals(known.get(customer))) {
                know(customer, GOLD);
              }
              return asRead;
            });

    interrupted.run();

    assertThat(told(customer)).isEqualTo(GOLD);
    assertThat(database.number("SELECT count(*) FROM customer_to_describe")).isZero();
  }

  @Test
  void whoCannotBeOpenedGoesOnWaitingAndHoldsNobodyUp() {
    customers.subList(0, 20).forEach(customer -> know(customer, REFUSED));
    UUID closed = customers.get(3);
    known.remove(closed);

    Map<String, Long> counts = mixer.run();

    assertThat(counts).containsEntry("described", 19L).containsEntry("left", 1L);
    assertThat(database.number("SELECT count(*) FROM customer_to_describe")).isOne();
    assertThat(told(customers.get(19))).isEqualTo(REFUSED);
    known.put(closed, GOLD);
    mixer.run();
    assertThat(told(closed)).isEqualTo(GOLD);
  }

  @Test
  void whoseKeyIsDestroyedIsForgotten() {
    know(customers.get(0), REFUSED);
    keys.destroy(
        database
            .transactions()
            .call(
                c ->
                    Sql.query(
                        c,
                        "SELECT key_id FROM customer WHERE id = ?",
                        row -> row.getObject(1, UUID.class),
                        customers.get(0)))
            .getFirst());

    mixer.run();

    assertThat(database.number("SELECT count(*) FROM customer_to_describe")).isZero();
    assertThat(histories.days().values()).allMatch(h -> h.traits().equals(Traits.NONE));
  }

  @Test
  void aRoundThatIsCutShortIsDoneAgain() {
    customers.forEach(customer -> know(customer, REFUSED));
    int died = 0;
    for (int step = 10; died < 4; step += 60) {
      database.failAt(step);
      assertThatThrownBy(mixer::run).isInstanceOf(DatabaseException.class);
      database.stillToFail();
      died++;
    }

    mixer.run();

    for (UUID customer : customers) {
      assertThat(told(customer)).isEqualTo(REFUSED);
    }
    assertThat(database.number("SELECT count(*) FROM customer_to_describe")).isZero();
  }

  @Test
  void noTransactionEverWroteBothSides() {
    customers.forEach(customer -> know(customer, REFUSED));

    mixer.run();
    know(customers.getFirst(), GOLD);

    assertThat(
            database.number(
                """
                SELECT count(*) FROM
                    (SELECT xmin::text FROM customer UNION SELECT xmax::text FROM customer
                     UNION SELECT xmin::text FROM customer_link
                     UNION SELECT xmin::text FROM customer_to_describe) AS customers
                JOIN (SELECT xmin::text FROM purchase_history
                      UNION SELECT xmin::text FROM basket_history
                      UNION SELECT xmin::text FROM aggregate_manifest) AS histories USING (xmin)
                """))
        .isZero();
  }

  private HistoryMixer mixer(KnownCustomers source) {
    return new HistoryMixer(
        database.transactions(),
        links.links,
        source,
        histories.traits,
        new Crowds(CROWD, 16, "off", "off"));
  }

  private void know(UUID customer, Traits traits) {
    known.put(customer, traits);
    database.transactions().run(c -> ToDescribe.add(c, Set.of(customer)));
  }

  private UUID purchaser(UUID customer) {
    return links.links.purchasersOf(List.of(customer)).values().iterator().next();
  }

  private Traits told(UUID customer) {
    return histories.days().getOrDefault(purchaser(customer), PurchaseHistory.EMPTY).traits();
  }

  private String newest() {
    return String.valueOf(database.number("SELECT max(xmin::text::bigint) FROM purchase_history"));
  }

  private String historySide() {
    return database
        .transactions()
        .call(
            c ->
                Sql.query(
                    c,
                    "SELECT string_agg(concat_ws(' ', ctid, xmin, xmax, id), ',' ORDER BY ctid)"
                        + " FROM purchase_history",
                    row -> row.getString(1)))
        .getFirst();
  }

  private List<UUID> signUp(int count) {
    List<SubjectKeys> subjects = keys.createSubjects(count);
    List<SignUps.NewCustomer> all =
        subjects.stream()
            .map(s -> new SignUps.NewCustomer(UUID.randomUUID(), s.link(), List.of()))
            .toList();
    index.with(
        tagged ->
            links.signUps.signUp(
                tagged,
                all,
                RowDeadlinesFixture.unlimited().begin(),
                (connection, ids) -> {
                  for (int i = 0; i < count; i++) {
                    Sql.update(
                        connection,
                        "INSERT INTO customer VALUES (?, ?, 1, 1, '', '', '')",
                        all.get(i).id(),
                        subjects.get(i).ref().id());
                  }
                }));
    return all.stream().map(SignUps.NewCustomer::id).toList();
  }
}
