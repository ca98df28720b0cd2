package org.tallykeep.keyvault.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.Tokens;
import org.tallykeep.keyvault.fixture.WithLocalRoot;
import org.tallykeep.keyvault.platform.Database;

@QuarkusTest
@TestProfile(WithLocalRoot.class)
class EventStreamTest {

  @TestHTTPResource("/v1/events")
  @SuppressWarnings("NullAway.Init") // set by the test framework
  URI events;

  @Inject Database database;
  @Inject KeyEvents log;

  @Test
  void aServiceHearsHeartbeatsAndWhatHappens() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> answer =
          client.send(
              HttpRequest.newBuilder(events)
                  .header("Authorization", "Bearer " + Tokens.service("analytics-service"))
                  .header("Accept", "text/event-stream")
                  .build(),
              HttpResponse.BodyHandlers.ofLines());
      assertThat(answer.statusCode()).isEqualTo(200);
      Thread reader = Thread.ofVirtual().start(() -> answer.body().forEach(heard::add));
      await().atMost(Duration.ofSeconds(20)).until(() -> heard.stream().anyMatch(this::isBeat));

      database.transaction(c -> log.append(c, KeyEvent.Kind.ROTATED, "ledger"));

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> heard.stream().anyMatch(line -> line.contains("rotated")));
      assertThat(heard).anyMatch(line -> line.startsWith("data:") && line.contains("ledger"));
      client.shutdownNow();
      reader.join();
    }
  }

  @Test
  void peopleDoNotListen() {
    asPerson("security-officer").get("/v1/events").then().statusCode(403);
  }

  private boolean isBeat(String line) {
    return line.startsWith("event:") && line.contains("beat");
  }
}
