package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.CustomersOnOwnPostgres;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** PostgreSQL goes away and comes back while purchases pour in, and the service stays. */
@Order(8)
class PostgresRestartXIT {

  private static final int PURCHASES = 60_000;
  private static final int A_REQUEST = 500;
  private static final int CLIENTS = 3;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Suite suite = Suite.get();

  /**
   * Ended in an orderly way, and as by a power cut: the second has to recover what it committed.
   */
  private static final List<String> SIGNALS = List.of("INT", "QUIT");

  @Test
  void whatWasAcknowledgedIsThereAndNothingTwice() throws Exception {
    try (CustomersOnOwnPostgres customers = new CustomersOnOwnPostgres(suite);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      ConcurrentLinkedQueue<List<String>> requests = new ConcurrentLinkedQueue<>(requests());
      AtomicInteger acknowledged = new AtomicInteger();
      AtomicInteger brokenOff = new AtomicInteger();
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            threads.submit(() -> send(ingest(customers), requests, acknowledged, brokenOff)));
      }
      for (int i = 0; i < SIGNALS.size(); i++) {
        int until = (i + 1) * PURCHASES / 3;
        Awaitility.await().atMost(LONG).until(() -> acknowledged.get() >= until);
        customers.restartPostgres(SIGNALS.get(i));
      }
      for (Future<?> client : clients) {
        client.get(LONG.toSeconds(), TimeUnit.SECONDS);
      }

      assertThat(brokenOff.get()).as("requests under which PostgreSQL ended").isPositive();
      assertThat(acknowledged.get()).isEqualTo(PURCHASES);
      awaitAggregated(ingest(customers));
      assertThat(orders(customers)).isEqualTo(PURCHASES);
      for (List<String> again : requests().subList(0, 4)) {
        assertThat(statuses(ingest(customers).importLines(Retailer.PURCHASE_IMPORTS, again)))
            .containsOnly("duplicate");
      }
    }
  }

  /** As a program would that sends anew what was not acknowledged whole. */
  private static void send(
      Client client,
      ConcurrentLinkedQueue<List<String>> requests,
      AtomicInteger acknowledged,
      AtomicInteger brokenOff) {
    for (List<String> next = requests.poll(); next != null; next = requests.poll()) {
      if (isAcknowledged(client, next)) {
        acknowledged.addAndGet(next.size());
      } else {
        brokenOff.incrementAndGet();
        requests.add(next);
        Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
      }
    }
  }

  private static boolean isAcknowledged(Client client, List<String> rows) {
    try {
      Reply reply = client.importLines(Retailer.PURCHASE_IMPORTS, rows);
      if (reply.status() == 503) {
        return false;
      }
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      List<String> statuses = statuses(reply);
      return statuses.size() == rows.size()
          && List.of("accepted", "duplicate").containsAll(statuses);
    } catch (UncheckedIOException | IllegalStateException brokenOff) {
      return false;
    }
  }

  private static List<String> statuses(Reply reply) {
    return reply.lines().stream()
        .filter(line -> line.has("status"))
        .map(line -> line.path("status").asText())
        .toList();
  }

  private Client ingest(CustomersOnOwnPostgres customers) {
    return Client.of(customers.service(), suite.keycloak().serviceToken("ingest"));
  }

  private static void awaitAggregated(Client ingest) {
    Awaitility.await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              JsonNode status = ingest.get("/v1/ingest/status").json();
              return status.path("pending").asLong(-1) == 0;
            });
  }

  private long orders(CustomersOnOwnPostgres customers) {
    return OpenedHistories.in(customers.database(), suite).values().stream()
        .flatMap(history -> history.days().stream())
        .mapToLong(day -> day.orders())
        .sum();
  }

  private static List<List<String>> requests() {
    return IntStream.range(0, PURCHASES / A_REQUEST)
        .mapToObj(
            request ->
                IntStream.range(0, A_REQUEST)
                    .mapToObj(i -> purchase(request * A_REQUEST + i))
                    .toList())
        .toList();
  }

  private static String purchase(int i) {
    return """
        {"eventId":"restart-%1$d","externalId":"restart-%2$d","day":"2016-%3$02d-%4$02d",\
        "lines":[{"product":"P%5$d","units":1,"amount":"1.01"}]}"""
        .formatted(i, i % 4_000, 1 + i % 12, 1 + i % 28, i % 100);
  }
}
