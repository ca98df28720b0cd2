package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.local.parts.TestKeycloak;
import org.tallykeep.local.parts.TestParts;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.KeyClient;
import org.tallykeep.system.stack.KeyReplicas;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** Somebody who stole a campaign manager's token walks the keys, at three replicas at once. */
@Order(7)
class ThiefXIT {

  private static final int KEYS = 2_000;
  private static final int DECOYS_IN_A_HUNDRED = 1;
  private static final int A_MINUTE = 300;
  private static final int WORKERS = 6;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static KeyReplicas replicas;

  private static final List<UUID> REAL = new ArrayList<>();
  private static final List<UUID> DECOYS = new ArrayList<>();

  @BeforeAll
  static void plantDecoys() {
    replicas =
        new KeyReplicas(
            3,
            Map.of(
                "TALLYKEEP_BUDGETS_LIMITS_PERSON_CONTACT_MINUTE", Integer.toString(A_MINUTE),
                "TALLYKEEP_BUDGETS_LIMITS_PERSON_IDENTITY_MINUTE", Integer.toString(A_MINUTE)));
    KeyClient client = new KeyClient(replicas.replica(0));
    REAL.addAll(client.createSubjects(KEYS * (100 - DECOYS_IN_A_HUNDRED) / 100, false));
    DECOYS.addAll(client.createSubjects(KEYS * DECOYS_IN_A_HUNDRED / 100, true));
  }

  @AfterAll
  static void stop() {
    replicas.close();
  }

  /** What one walk got. */
  private record Loot(Set<UUID> keys, int records, Set<String> refusals) {}

  @Test
  void theWalkEndsAtTheFirstDecoyOrAtTheBudgetAndTheReportCountsWhatWasDelivered()
      throws Exception {
    List<UUID> everything = new ArrayList<>(REAL);
    everything.addAll(DECOYS);
    TestKeycloak issuer = TestParts.get().keycloak();
    TestKeycloak.Session stolen = issuer.logIn("campaign-manager");
    TestKeycloak.Session somebodyElses = issuer.logIn("data-steward");
    Client thief = new KeyClient(replicas.replica(2)).person("campaign-manager");
    Loot loot = walk("campaign-manager", "contact", everything, 10);

    // The order is the same each time, with a decoy among the first hundred.
    assertThat(loot.refusals()).isSubsetOf("frozen", "over-budget").contains("frozen");
    assertThat(loot.records()).isLessThanOrEqualTo(A_MINUTE);
    assertThat(loot.keys()).doesNotContainAnyElementsOf(DECOYS);

    // If the budget was first, the next try that is within it comes upon one before long.
    KeyClient officer = new KeyClient(replicas.replica(1));
    assertThat(KeyClient.unwrap(thief, "contact", DECOYS.subList(0, 1)).status()).isIn(403, 429);
    String incident = incident(officer);
    JsonNode exposure = officer.officer().get("/v1/incidents/" + incident + "/exposure").json();
    assertThat(exposure.path("people").asLong()).isEqualTo(loot.keys().size());
    assertThat(exposure.path("records").asLong()).isEqualTo(loot.records());
    assertThat(exposure.path("pseudonyms").asLong()).isZero();
    assertThat(exposure.path("audit").path("genuine").asBoolean()).isTrue();

    // Logged out at the issuer, and nobody else is.
    Awaitility.await().until(() -> !issuer.goesOn(stolen));
    Awaitility.await().until(() -> replicas.sessionsToEnd() == 0);
    assertThat(issuer.goesOn(somebodyElses)).isTrue();

    // Frozen at every replica, and nobody else is.
    for (var replica : replicas.all()) {
      KeyClient at = new KeyClient(replica);
      assertThat(KeyClient.unwrap(at.person("campaign-manager"), "contact", REAL.subList(0, 1)))
          .satisfies(reply -> assertThat(reply.body()).contains("frozen"));
      assertThat(KeyClient.unwrap(at.person("data-steward"), "identity", REAL.subList(0, 1)))
          .satisfies(reply -> assertThat(reply.status()).isEqualTo(200));
      assertThat(at.opening(REAL.subList(0, 100))).hasSize(100);
    }
  }

  @Test
  void threeReplicasTogetherGiveNotOneRecordMoreThanTheBudget() throws Exception {
    // Whatever else was charged in this minute leaves less, never more.
    Loot loot = walk("data-steward", "contact", REAL, 7);
    assertThat(loot.refusals()).containsExactly("over-budget");
    assertThat(loot.records()).isBetween(A_MINUTE - 7 * WORKERS, A_MINUTE);
  }

  @Test
  void theOwnerOfTheTokenStillGetsPredictions() {
    Suite suite = Suite.get();
    Retailer retailer = new Retailer(suite);
    bringBuyers(retailer);
    KeyClient keys = new KeyClient(suite.keyvault());
    TestKeycloak issuer = suite.keycloak();
    TestKeycloak.Session stolen = issuer.logIn("campaign-manager");
    List<UUID> decoy = keys.createSubjects(1, true);
    assertThat(KeyClient.unwrap(keys.person("campaign-manager"), "contact", decoy).status())
        .isEqualTo(403);
    try {
      Awaitility.await().until(() -> !issuer.goesOn(stolen));
      // Logged in anew; a service that was started lately has to look through its customers first.
      Reply predictions =
          Awaitility.await()
              .atMost(Duration.ofMinutes(3))
              .until(
                  () ->
                      retailer
                          .customerAs("campaign-manager")
                          .post("/v1/predictions", "{\"top\":10,\"horizonDays\":90}"),
                  reply -> !reply.body().contains("predictions-warming-up"));
      assertThat(predictions.status()).as(predictions.body()).isEqualTo(200);
      assertThat(predictions.json().path("predictions")).as(predictions.body()).hasSize(10);
    } finally {
      String incident = incident(keys);
      assertThat(keys.officer().post("/v1/incidents/" + incident + "/close", "").status())
          .isEqualTo(200);
      assertThat(keys.destroy(decoy).status()).isEqualTo(200);
    }
  }

  private static void bringBuyers(Retailer retailer) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    retailer.bringAll(
        Retailer.CUSTOMER_IMPORTS,
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    "{\"externalId\":\"thief-%s-%d\",\"name\":{\"given\":\"Ada\",\"family\":\"No%d\"}}"
                        .formatted(run, i, i))
            .toList());
    retailer.bringAll(
        Retailer.PURCHASE_IMPORTS,
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    """
                    {"eventId":"thief-%s-%d","externalId":"thief-%s-%d","day":"2019-%02d-%02d",\
                    "lines":[{"product":"P1","units":1,"amount":"5.00"}]}"""
                        .formatted(run, i, run, i * 7 % 60, 1 + i % 12, 1 + i % 28))
            .toList());
    retailer.awaitAggregated();
    retailer.maintain("mix");
    retailer.refreshAnalytics();
  }

  /** Many at once, in random order, until each worker is refused. */
  private static Loot walk(String role, String purpose, List<UUID> ids, int batch)
      throws Exception {
    List<UUID> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, new Random(7));
    ConcurrentLinkedQueue<List<UUID>> batches = new ConcurrentLinkedQueue<>();
    for (int from = 0; from + batch <= shuffled.size(); from += batch) {
      batches.add(shuffled.subList(from, from + batch));
    }
    Set<UUID> keys = Collections.synchronizedSet(new HashSet<>());
    Set<String> refusals = Collections.synchronizedSet(new HashSet<>());
    AtomicInteger records = new AtomicInteger();
    List<Callable<Void>> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      Client thief = new KeyClient(replicas.replica(i % 3)).person(role);
      workers.add(
          () -> {
            for (List<UUID> next = batches.poll(); next != null; next = batches.poll()) {
              Reply reply = KeyClient.unwrap(thief, purpose, next);
              if (reply.status() != 200) {
                String type = reply.json().path("type").asText();
                refusals.add(type.substring(type.lastIndexOf(':') + 1));
                return null;
              }
              reply
                  .json()
                  .path("keys")
                  .forEach(
                      key -> {
                        assertThat(key.path("key").isTextual()).isTrue();
                        keys.add(UUID.fromString(key.path("id").asText()));
                        records.incrementAndGet();
                      });
            }
            return null;
          });
    }
    try (var threads = Executors.newFixedThreadPool(WORKERS)) {
      for (Future<Void> each : threads.invokeAll(workers)) {
        each.get();
      }
    }
    return new Loot(keys, records.get(), refusals);
  }

  private static String incident(KeyClient officer) {
    JsonNode incidents = officer.officer().get("/v1/incidents").json().path("incidents");
    assertThat(incidents).isNotEmpty();
    assertThat(incidents.path(0).path("cause").asText()).isEqualTo("decoy");
    return incidents.path(0).path("id").asText();
  }
}
