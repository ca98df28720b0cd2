package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.local.parts.TestParts;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.KeyClient;
import org.tallykeep.system.stack.KeyReplicas;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;

/** Jobs of the key service, killed again and again, end right. */
@Order(9)
class KilledJobsXIT {

  private static final int KEYS = 20_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final KeyReplicas replicas =
      new KeyReplicas(
          1,
          Map.of(
              "TALLYKEEP_BRANCHES_MAX_AGE", "4s",
              "TALLYKEEP_BRANCHES_REFRESH_AFTER", "2s",
              "TALLYKEEP_BRANCHES_CHECK_EVERY", "1s"));
  private final KeyClient client = new KeyClient(replicas.replica(0));
  private final Random random = new Random(3);

  @AfterEach
  void stop() {
    replicas.close();
  }

  @Test
  void rotationsOfBranchesAndRootAreGoneOnWith() throws SQLException {
    List<UUID> keys = client.createSubjects(KEYS, false);
    Set<UUID> all = new HashSet<>(keys);
    for (String kind : List.of("branches", "root")) {
      Reply begun = client.officer().post("/v1/rotations", "{\"kind\":\"%s\"}".formatted(kind));
      assertThat(begun.status()).as(begun.body()).isEqualTo(202);
      String job = "/v1/rotations/" + begun.json().path("id").asText();
      for (int crash = 0; crash < 4; crash++) {
        pause(Duration.ofMillis(random.nextInt(2_000)));
        replicas.replica(0).kill();
        replicas.replica(0).restart();
        assertThat(client.opening(keys.subList(0, 1_000))).hasSize(1_000);
      }
      awaitState(job, "done");
      assertThat(client.opening(keys)).containsExactlyInAnyOrderElementsOf(all);
    }
    assertThat(query("SELECT string_agg(DISTINCT branch_version::text, ' ') FROM subject_key"))
        .isEqualTo("2");
    assertThat(query("SELECT string_agg(DISTINCT version::text, ' ') FROM branch_key"))
        .isEqualTo("2");
  }

  @Test
  void aContainmentIsGoneOnWith() throws SQLException {
    Instant began = Instant.now();
    List<UUID> keys = client.createSubjects(KEYS, false);
    Reply incident =
        client
            .officer()
            .post(
                "/v1/incidents",
                """
                {"principal":"credential","name":"customer-service","purposes":[],
                 "since":"%s","until":"%s","note":"a test"}"""
                    .formatted(began, Instant.now()));
    assertThat(incident.status()).as(incident.body()).isEqualTo(201);
    String job = "/v1/incidents/" + incident.json().path("id").asText() + "/contain";
    assertThat(client.officer().post(job, "").status()).isEqualTo(202);
    for (int crash = 0; crash < 3; crash++) {
      pause(Duration.ofMillis(random.nextInt(1_500)));
      replicas.replica(0).kill();
      replicas.replica(0).restart();
    }
    awaitState(job, "waiting");
    assertThat(query("SELECT count(*) FROM rekey WHERE from_version = 1 AND to_version = 2"))
        .isEqualTo(Integer.toString(KEYS));
    assertThat(query("SELECT count(*) FROM subject_key")).isEqualTo(Integer.toString(2 * KEYS));

    sealAll();
    awaitState(job, "done");
    assertThat(client.opening(keys)).isEmpty();
    assertThat(query("SELECT count(*) FROM subject_key WHERE version = 2"))
        .isEqualTo(Integer.toString(KEYS));
    assertThat(query("SELECT count(*) FROM compromised_key")).isEqualTo(Integer.toString(KEYS));
  }

  /** As the customer service says once everything is sealed anew; with a crash in between. */
  private void sealAll() {
    Client service =
        Client.of(replicas.replica(0), TestParts.get().keycloak().serviceToken("customer-service"));
    int rounds = 0;
    for (JsonNode waiting = waiting(service); !waiting.isEmpty(); waiting = waiting(service)) {
      ObjectNode sealed = JSON.createObjectNode().put("kind", "subject");
      waiting.forEach(
          key ->
              sealed
                  .withArray("keys")
                  .addObject()
                  .put("id", key.path("id").asText())
                  .put("version", key.path("to").asInt()));
      Reply reply = service.post("/v1/rekeys/acks", sealed.toString());
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      rounds++;
      if (rounds == 5) {
        replicas.replica(0).kill();
        replicas.replica(0).restart();
      }
    }
    assertThat(rounds).isEqualTo(KEYS / 1_000);
  }

  private static JsonNode waiting(Client service) {
    Reply reply = service.get("/v1/rekeys");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json().path("rekeys");
  }

  private void awaitState(String job, String state) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> client.officer().get(job).json().path("state").asText(), state::equals);
  }

  /** Crashes come at any time; none is waited for. */
  private static void pause(Duration time) {
    Awaitility.await().pollDelay(time).until(() -> true);
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = OpenedHistories.connect(replicas.database());
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getString(1);
    }
  }
}
