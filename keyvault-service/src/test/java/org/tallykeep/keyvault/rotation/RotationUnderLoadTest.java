package org.tallykeep.keyvault.rotation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.OffsetClock;
import org.tallykeep.keyvault.fixture.WithVault;

@QuarkusTest
@TestProfile(WithVault.class)
class RotationUnderLoadTest {

  @Inject OffsetClock clock;

  @Test
  void noRequestFailsWhileTheRootAndAllBranchesAreRotated() throws Exception {
    var keys = create("subject", 200, false);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger requests = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> loads = new ArrayList<>();
      loads.add(
          threads.submit(
              () -> {
                while (!done.get()) {
                  unwrap(asCustomerService(), "link", keys)
                      .statusCode(200)
                      .body("keys.key", everyItem(notNullValue()));
                  requests.incrementAndGet();
                }
              }));
      loads.add(
          threads.submit(
              () -> {
                while (!done.get()) {
                  var made = create("subject", 20, false);
                  unwrap(asCustomerService(), "link", made)
                      .statusCode(200)
                      .body("keys.key", everyItem(notNullValue()));
                  requests.incrementAndGet();
                }
              }));
      loads.add(
          threads.submit(
              () -> {
                while (!done.get()) {
                  asCustomerService()
                      .body("{\"messages\":10}")
                      .post("/v1/dataset-keys/ledger/lease")
                      .then()
                      .statusCode(200);
                  requests.incrementAndGet();
                }
              }));

      for (int i = 1; i <= 2; i++) {
        awaitState(begin("root"), "done");
        String branches = begin("branches");
        awaitState(branches, "waiting");
        refusedBeside(branches);
        clock.advance(Duration.ofMinutes(16));
        awaitState(branches, "done");
      }
      int before = requests.get();
      Awaitility.await().atMost(20, SECONDS).until(() -> requests.get() > before + 20);
      done.set(true);
      for (Future<?> load : loads) {
        load.get();
      }
    }
    assertThat(requests).hasValueGreaterThan(50);
  }

  private static void refusedBeside(String running) {
    asPerson("security-officer")
        .body(Map.of("kind", "branches"))
        .post("/v1/rotations")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:rotation-under-way"))
        .body("detail", org.hamcrest.Matchers.containsString(running));
  }

  private static String begin(String kind) {
    return asPerson("security-officer")
        .body(Map.of("kind", kind))
        .post("/v1/rotations")
        .then()
        .statusCode(202)
        .body("kind", equalTo(kind))
        .extract()
        .path("id");
  }

  private static void awaitState(String id, String state) {
    Awaitility.await()
        .atMost(60, SECONDS)
        .untilAsserted(
            () ->
                asPerson("security-officer")
                    .get("/v1/rotations/" + id)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo(state)));
  }
}
