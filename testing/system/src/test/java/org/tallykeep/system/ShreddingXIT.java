package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.evidence.Receipt;
import org.tallykeep.evidence.SigningKeys;
import org.tallykeep.system.stack.Backup;
import org.tallykeep.system.stack.KeyClient;
import org.tallykeep.system.stack.KeyReplicas;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.ServiceProcess;
import org.tallykeep.system.stack.Suite;

/** Erased customers stay erased, whatever is restored and whatever is killed. */
@Order(8)
class ShreddingXIT {

  private static final int CUSTOMERS = 400;
  private static final int ERASED = 100;

  /** The same keys again and again are no erasures that anybody asked for. */
  private static final Map<String, String> MORE_THAN_ONE_MAY =
      Map.of(
          "TALLYKEEP_BUDGETS_LIMITS_SERVICE_DESTROY_MINUTE",
          "1000000",
          "TALLYKEEP_BUDGETS_LIMITS_SERVICE_DESTROY_HOUR",
          "1000000",
          "TALLYKEEP_BUDGETS_LIMITS_SERVICE_DESTROY_DAY",
          "1000000");

  @Test
  void customersErasedAfterABackupStayErasedWhenItIsRestored() throws SQLException {
    Suite suite = Suite.get();
    Retailer retailer = new Retailer(suite);
    String run = UUID.randomUUID().toString().substring(0, 8);
    retailer.bringAll(
        Retailer.CUSTOMER_IMPORTS,
        IntStream.range(0, CUSTOMERS)
            .mapToObj(
                i ->
                    """
                    {"externalId":"shred-%s-%d","name":{"given":"Shred","family":"No%d"}}"""
                        .formatted(run, i, i))
            .toList());
    retailer.awaitAggregated();
    List<UUID> keys = customerKeys(suite);
    List<UUID> erased = keys.subList(0, ERASED);
    Set<UUID> kept = new HashSet<>(keys.subList(ERASED, keys.size()));

    List<Backup> backups =
        List.of("keyvault-service", "customer-service", "analytics-service").stream()
            .map(suite::database)
            .map(Backup::of)
            .toList();

    KeyClient client = new KeyClient(suite.keyvault());
    SigningKeys published = SigningKeys.parse(client.signingKeys());
    for (UUID id : erased) {
      Reply reply = client.destroy(List.of(id));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      verifies(reply.json().path("receipt").asText(), published);
    }
    assertThat(client.opening(keys)).containsExactlyInAnyOrderElementsOf(kept);

    List<ServiceProcess> services = List.of(suite.keyvault(), suite.customer(), suite.analytics());
    services.forEach(ServiceProcess::kill);
    backups.forEach(Backup::restore);
    services.forEach(ServiceProcess::restart);

    assertThat(client.opening(keys)).containsExactlyInAnyOrderElementsOf(kept);
    assertThat(new String(suite.keyvault().log(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("The database was set back");
  }

  @Test
  void aDestructionThatIsKilledIsFinishedByAskingAgain() {
    try (KeyReplicas replicas = new KeyReplicas(1, MORE_THAN_ONE_MAY)) {
      KeyClient client = new KeyClient(replicas.replica(0));
      List<UUID> keys = client.createSubjects(6_000, false);
      List<UUID> doomed = keys.subList(0, 5_000);
      for (int crash = 0; crash < 3; crash++) {
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> destroying =
            CompletableFuture.runAsync(() -> destroyUntilItBreaks(client, doomed, answered));
        int until = 100 * (crash + 1);
        Awaitility.await()
            .atMost(java.time.Duration.ofMinutes(2))
            .pollInterval(java.time.Duration.ofMillis(5))
            .until(() -> answered.get() >= until || destroying.isDone());
        assertThat(destroying).isNotDone();
        replicas.replica(0).kill();
        destroying.join();
        replicas.replica(0).restart();
        // What was answered is destroyed; what was not may be either, and nothing else is.
        assertThat(client.opening(doomed.subList(0, 10 * answered.get()))).isEmpty();
        assertThat(client.opening(keys.subList(5_000, 6_000))).hasSize(1_000);
      }
      SigningKeys published = SigningKeys.parse(client.signingKeys());
      for (int from = 0; from < doomed.size(); from += 1_000) {
        Reply reply = client.destroy(doomed.subList(from, from + 1_000));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        verifies(reply.json().path("receipt").asText(), published);
      }
      assertThat(client.opening(keys))
          .containsExactlyInAnyOrderElementsOf(keys.subList(5_000, 6_000));
      Reply audit = client.officer().post("/v1/audit/verify", "");
      assertThat(audit.json().path("genuine").asBoolean()).as(audit.body()).isTrue();
    }
  }

  /** Ten at a time. */
  private static void destroyUntilItBreaks(
      KeyClient client, List<UUID> doomed, AtomicInteger answered) {
    try {
      for (int from = 0; from < doomed.size(); from += 10) {
        if (client.destroy(doomed.subList(from, from + 10)).status() != 200) {
          return;
        }
        answered.incrementAndGet();
      }
    } catch (UncheckedIOException killed) {
      // As meant.
    }
  }

  private static void verifies(String signed, SigningKeys published) {
    Receipt receipt = org.tallykeep.evidence.Statement.RECEIPT.verified(signed, published);
    assertThat(receipt.keys()).isNotEmpty();
    int middle = signed.length() / 2;
    char other = signed.charAt(middle) == 'A' ? 'B' : 'A';
    String changed = signed.substring(0, middle) + other + signed.substring(middle + 1);
    assertThatThrownBy(() -> org.tallykeep.evidence.Statement.RECEIPT.verified(changed, published))
        .isInstanceOf(NotGenuine.class);
  }

  private static List<UUID> customerKeys(Suite suite) throws SQLException {
    try (Connection connection = OpenedHistories.connect(suite.database("customer-service"));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT key_id FROM customer")) {
      List<UUID> ids = new ArrayList<>();
      while (found.next()) {
        ids.add(found.getObject(1, UUID.class));
      }
      return ids;
    }
  }
}
