package org.tallykeep.customer.purchaser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.envelope.SealedRecord;

/** Customers and purchasers share no transaction, no order and no mark. */
class SeparationTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final People people = new People(database, keys);

  @Test
  void aSignUpLeavesNothingOnThePurchasersSide() {
    people.signUp("first");
    people.purchaserOf("known-before");
    String before = purchaserSide();

    people.signUp("known-before", "never-seen", null);

    assertThat(purchaserSide()).isEqualTo(before);
  }

  @Test
  void anAnonymousBuyerLeavesNothingOnTheCustomersSide() {
    people.signUp("first");
    String before = customerSide();

    people.purchaserOf("somebody-new");

    assertThat(customerSide()).isEqualTo(before);
  }

  @Test
  void noTransactionEverWroteBothSides() {
    people.signUp(IntStream.range(0, 20).mapToObj(i -> "c-" + i).toArray(String[]::new));
    people.purchaserOf("anonymous");
    people.mixer.run();

    assertThat(
            database.number(
                """
                SELECT count(*) FROM
                    (SELECT xmin::text FROM customer UNION SELECT xmin::text FROM customer_link
                     UNION SELECT xmin::text FROM customer_external_id) AS customers
                JOIN (SELECT xmin::text FROM purchaser UNION SELECT xmax::text FROM purchaser
                      UNION SELECT xmin::text FROM purchaser_external_id) AS purchasers USING (xmin)
                """))
        .isZero();
  }

  @Test
  void theMixerTellsEveryPurchaserTheirCustomerAndForgetsTheAnonymousTag() {
    people.purchaserOf("c-1");
    List<UUID> customers =
        people.signUp(IntStream.range(0, 260).mapToObj(i -> "c-" + i).toArray(String[]::new));

    Map<String, Long> counts = people.mixer.run();

    assertThat(counts).containsEntry("mixed", 260L);
    assertThat(database.number("SELECT count(*) FROM customer_to_mix")).isZero();
    assertThat(database.number("SELECT count(*) FROM purchaser_external_id")).isZero();
    people
        .links
        .purchasersOf(customers)
        .forEach((customer, purchaser) -> assertThat(reidentified(purchaser)).contains(customer));
  }

  @Test
  void theMixerWritesDummiesAnewAmongTheOthers() {
    people.refill.run();
    people.signUp("only-one");
    String before =
        database.texts("SELECT md5(string_agg(xmin::text, ',')) FROM purchaser").getFirst();

    long written = people.mixer.run().getOrDefault("written", 0L);

    assertThat(written).isGreaterThan(50);
    assertThat(
            database.number(
                "SELECT count(*) FROM purchaser p WHERE p.xmin::text = "
                    + "(SELECT max(xmin::text::bigint)::text FROM purchaser)"))
        .isEqualTo(written);
    assertThat(database.texts("SELECT md5(string_agg(xmin::text, ',')) FROM purchaser").getFirst())
        .isNotEqualTo(before);
    assertThat(database.number("SELECT count(DISTINCT length(reidentify)) FROM purchaser"))
        .isEqualTo(1);
  }

  @Test
  void aRewriteLeavesOneTransactionAndTheOrderOfRandomIds() {
    people.signUp(IntStream.range(0, 120).mapToObj(i -> "c-" + i).toArray(String[]::new));
    people.purchaserOf("anonymous");
    people.mixer.run();
    long rows = database.number("SELECT count(*) FROM purchaser");

    people.transactions.run(c -> new PurchaserTables().rewrite(c));

    assertThat(database.number("SELECT count(DISTINCT xmin::text) FROM purchaser")).isEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM purchaser")).isEqualTo(rows);
    assertThat(database.texts("SELECT id::text FROM purchaser ORDER BY ctid"))
        .isEqualTo(database.texts("SELECT id::text FROM purchaser ORDER BY id"));
  }

  @Test
  void blocksThatWereClaimedAndLostAreNeverGivenAgain() {
    People ended = new People(database, keys);
    ended.signUp("one");

    List<UUID> customers = people.signUp(new String[400]);

    assertThat(people.links.purchasersOf(customers).values()).doesNotHaveDuplicates();
    assertThat(people.links.purchasersOf(customers).values())
        .doesNotContain(people.purchaserOf("one"));
  }

  private Optional<UUID> reidentified(UUID purchaser) {
    PurchaserRepository.Row row =
        people.transactions.call(c -> PurchaserRepository.rows(c, List.of(purchaser))).getFirst();
    return Reidentification.open(
        keys.reidentifyForMixing(List.of(SealedRecord.keyOf(row.reidentify())))
            .getFirst()
            .orElseThrow(),
        purchaser,
        row.reidentify());
  }

  /** Every row with the transactions that made and locked it, in its place. */
  private String purchaserSide() {
    return state("purchaser", "id")
        + state("purchaser_free", "id")
        + state("purchaser_external_id", "purchaser_id");
  }

  private String customerSide() {
    return state("customer", "id")
        + state("customer_link", "customer_id")
        + state("customer_external_id", "customer_id")
        + state("customer_to_mix", "customer_id");
  }

  private String state(String table, String id) {
    return String.join(
        "\n",
        database.texts(
            "SELECT concat_ws(' ', ctid, xmin, xmax, %s) FROM %s ORDER BY ctid"
                .formatted(id, table)));
  }
}
