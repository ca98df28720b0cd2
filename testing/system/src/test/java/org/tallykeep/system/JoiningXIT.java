package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.system.joining.Attack;
import org.tallykeep.system.joining.Attack.Score;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/**
 * Customers and purchasers do not join: 5,000 customers sign up in bulk and one by one with
 * purchases in between, the jobs run, and then a thief tries every way there is.
 */
@Order(5)
class JoiningXIT {

  private static final int CUSTOMERS = 5_000;
  private static final int ONE_BY_ONE = 500;
  private static final int BUY_FIRST = 250;
  private static final int BULK = 450;

  private static final Suite SUITE = Suite.get();
  private static final Retailer RETAILER = new Retailer(SUITE);
  private static final Random RANDOM = new Random(7);
  private static final Map<UUID, UUID> PURCHASER_OF = new HashMap<>();

  @BeforeAll
  static void fiveThousandSignUpAndBuy() throws SQLException {
    Map<Integer, UUID> customers = new HashMap<>();
    buy(IntStream.range(0, BUY_FIRST));
    int next = 0;
    while (next < CUSTOMERS - ONE_BY_ONE) {
      int end = Math.min(next + BULK, CUSTOMERS - ONE_BY_ONE);
      signUpInBulk(next, end, customers);
      buy(IntStream.range(Math.max(next, BUY_FIRST), Math.max(end, BUY_FIRST)));
      buy(IntStream.generate(() -> RANDOM.nextInt(end)).limit(100));
      next = end;
    }
    signUpOneByOne(next, customers);
    RETAILER.awaitAggregated();
    learnTheTruth(customers);
  }

  private static void signUpInBulk(int from, int to, Map<Integer, UUID> customers) {
    List<String> rows = IntStream.range(from, to).mapToObj(JoiningXIT::profile).toList();
    List<JsonNode> answers = RETAILER.bringAll(Retailer.CUSTOMER_IMPORTS, rows);
    for (int i = 0; i < answers.size(); i++) {
      customers.put(from + i, UUID.fromString(answers.get(i).path("id").asText()));
    }
  }

  private static void signUpOneByOne(int from, Map<Integer, UUID> customers) {
    Client ingest = RETAILER.ingest();
    for (int i = from; i < CUSTOMERS; i++) {
      Reply signedUp = ingest.post("/v1/customers", profile(i));
      assertThat(signedUp.status()).as(signedUp.body()).isEqualTo(201);
      customers.put(i, UUID.fromString(signedUp.json().path("id").asText()));
      Reply bought = ingest.post("/v1/purchases", purchase(i, "first"));
      assertThat(bought.status()).as(bought.body()).isEqualTo(201);
    }
  }

  private static void buy(IntStream customers) {
    List<String> rows =
        customers.boxed().map(i -> purchase(i, UUID.randomUUID().toString())).toList();
    if (!rows.isEmpty()) {
      RETAILER.bringAll(Retailer.PURCHASE_IMPORTS, rows);
    }
  }

  /** Names and addresses of many lengths, so that sizes would tell something if they could. */
  private static String profile(int i) {
    return """
        {"externalId":"join-%1$d","name":{"given":"%2$s","family":"Family%1$d"},\
        "emails":["person%1$d@joining.example"],"phones":["+1415555%3$04d"],\
        "addresses":[{"street":"%4$s Street %1$d","postalCode":"94110","town":"Town",\
        "region":"CA","country":"US"}]}"""
        .formatted(i, "G".repeat(1 + i % 40), i, "S".repeat(1 + i % 70));
  }

  /** The sum of a customer's purchases, modulo 1,000.00, is their number: the truth for scoring. */
  private static String purchase(int i, String event) {
    boolean first = FIRST.add(i);
    String amount =
        first
            ? "%d.%02d".formatted(i / 100, i % 100)
            : "%d.00".formatted(1_000 * (1 + RANDOM.nextInt(3)));
    return """
        {"eventId":"join-%d-%s","externalId":"join-%d","day":"2018-%02d-%02d",\
        "lines":[{"product":"P%d","units":1,"amount":"%s"}]}"""
        .formatted(
            i,
            event,
            i,
            1 + RANDOM.nextInt(12),
            1 + RANDOM.nextInt(28),
            RANDOM.nextInt(50),
            amount);
  }

  private static final Set<Integer> FIRST = new java.util.HashSet<>();

  private static void learnTheTruth(Map<Integer, UUID> customers) {
    Map<Integer, UUID> purchasers = new HashMap<>();
    OpenedHistories.of(SUITE)
        .forEach(
            (purchaser, history) -> {
              if (isOfThisTest(history)) {
                purchasers.merge(
                    number(history),
                    purchaser,
                    (one, other) -> {
                      throw new AssertionError("Two purchasers with one number");
                    });
              }
            });
    assertThat(purchasers.keySet()).isEqualTo(customers.keySet());
    customers.forEach((i, customer) -> PURCHASER_OF.put(customer, purchasers.get(i)));
  }

  private static boolean isOfThisTest(PurchaseHistory history) {
    long from = java.time.LocalDate.of(2018, 1, 1).toEpochDay();
    long to = java.time.LocalDate.of(2018, 12, 31).toEpochDay();
    return history.days().stream().allMatch(d -> d.epochDay() >= from && d.epochDay() <= to);
  }

  private static int number(PurchaseHistory history) {
    long total = history.days().stream().mapToLong(PurchaseHistory.Day::totalMinor).sum();
    return (int) (total % 100_000);
  }

  @Test
  void aPlantedColumnAndAPlantedOrderAreFound() throws SQLException {
    try (Connection connection = OpenedHistories.connect(SUITE.database("customer-service"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE planted_one (customer_id uuid, hint int)");
      statement.execute("CREATE TABLE planted_other (purchaser_id uuid, hint int)");
      try {
        plant(connection);
        List<Score> scores = Attack.on(SUITE, PURCHASER_OF, 1);
        assertThat(found(scores, "EQUAL of planted_one.hint and planted_other.hint"))
            .isEqualTo(CUSTOMERS);
        assertThat(found(scores, "SAME_ORDER of planted_one.ctid and planted_other.ctid"))
            .isEqualTo(CUSTOMERS);
      } finally {
        statement.execute("DROP TABLE planted_one, planted_other");
      }
    }
  }

  private static void plant(Connection connection) throws SQLException {
    try (PreparedStatement one =
            connection.prepareStatement("INSERT INTO planted_one VALUES (?, ?)");
        PreparedStatement other =
            connection.prepareStatement("INSERT INTO planted_other VALUES (?, ?)")) {
      int hint = 0;
      for (Map.Entry<UUID, UUID> pair : PURCHASER_OF.entrySet()) {
        one.setObject(1, pair.getKey());
        one.setInt(2, hint);
        one.addBatch();
        other.setObject(1, pair.getValue());
        other.setInt(2, hint++);
        other.addBatch();
      }
      one.executeBatch();
      other.executeBatch();
    }
  }

  private static int found(List<Score> scores, String way) {
    return scores.stream().filter(s -> s.way().equals(way)).findFirst().orElseThrow().correct();
  }

  @Test
  void afterTheJobsNoWayIsBetterThanChance() throws SQLException {
    runTheJobs();
    Set<String> suspicious = betterThanChance(20_260_101);
    if (!suspicious.isEmpty()) {
      // Among many hundred ways some are lucky. Luck does not come twice where rows that cannot be
      // told apart are guessed anew, a leak does.
      runTheJobs();
      suspicious.retainAll(betterThanChance(20_260_102));
    }
    assertThat(suspicious).isEmpty();
  }

  private static void runTheJobs() {
    RETAILER.maintain("close-partition");
    RETAILER.maintain("mix");
    RETAILER.maintain("rewrite");
    RETAILER.rewriteKeys();
  }

  private static Set<String> betterThanChance(long seed) throws SQLException {
    List<Score> scores = Attack.on(SUITE, PURCHASER_OF, seed);
    assertThat(scores.size()).as("ways tried").isGreaterThan(100);
    System.out.println(
        scores.size() + " ways tried, the best: " + new ArrayList<>(scores.subList(0, 3)));
    return scores.stream()
        .filter(Score::isBetterThanChance)
        .map(Score::way)
        .collect(Collectors.toCollection(java.util.HashSet::new));
  }
}
