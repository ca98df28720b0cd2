package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** Power cuts during an import: afterwards every purchase is counted exactly once. */
@Order(6)
class CrashXIT {

  private static final int PURCHASES = 100_000;
  private static final int BUYERS = 5_000;
  private static final int A_REQUEST = 2_000;
  private static final int UNTIL_THE_CRASH = 15_000;
  private static final String AMOUNT = "1.01";

  private final Suite suite = Suite.get();
  private final Retailer retailer = new Retailer(suite);
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final List<String> rows = IntStream.range(0, PURCHASES).mapToObj(this::purchase).toList();

  private String purchase(int i) {
    return """
        {"eventId":"crash-%s-%d","externalId":"crash-%d","day":"2019-%02d-%02d",\
        "lines":[{"product":"P%d","units":1,"amount":"%s"}]}"""
        .formatted(run, i, i % BUYERS, 1 + i % 12, 1 + i % 28, i % 100, AMOUNT);
  }

  @Test
  void everyPurchaseIsCountedExactlyOnceWhateverIsKilled() {
    retailer.awaitAggregated();
    Sums before = Sums.of(suite);

    // Each time from the start, and further: an import goes on where only another service died.
    importAndKill("customer-service", PURCHASES / 3);
    importAndKill("keyvault-service", PURCHASES * 2 / 3);
    importAndKill("analytics-service", PURCHASES);

    retailer.bringAll(Retailer.PURCHASE_IMPORTS, rows);
    retailer.awaitAggregated();
    Sums after = Sums.of(suite);
    assertThat(after.orders() - before.orders()).isEqualTo(PURCHASES);
    assertThat(after.totalMinor() - before.totalMinor()).isEqualTo(101L * PURCHASES);

    retailer.refreshAnalytics();
    List<JsonNode> again =
        retailer.bringAll(Retailer.PURCHASE_IMPORTS, rows.subList(0, 2 * A_REQUEST));
    assertThat(again)
        .allSatisfy(row -> assertThat(row.path("status").asText()).isEqualTo("duplicate"));
  }

  /** Kills the service once some thousand new purchases have been accepted in this run. */
  private void importAndKill(String service, int upTo) {
    AtomicInteger accepted = new AtomicInteger();
    CompletableFuture<String> importing =
        CompletableFuture.supplyAsync(() -> importUntilItBreaks(accepted, upTo));
    Awaitility.await()
        .atMost(java.time.Duration.ofMinutes(3))
        .pollInterval(java.time.Duration.ofMillis(20))
        .until(() -> accepted.get() >= UNTIL_THE_CRASH || importing.isDone());
    assertThat(importing.isDone() ? importing.join() : "under way")
        .as("the import when %s is about to be killed", service)
        .isEqualTo("under way");
    suite.service(service).kill();
    suite.service(service).restart();
    importing.join();
  }

  /** As a program would that stops at the first error, which it returns. */
  private String importUntilItBreaks(AtomicInteger accepted, int upTo) {
    Client ingest = retailer.ingest();
    try {
      for (int from = 0; from < upTo; from += A_REQUEST) {
        Reply reply =
            ingest.importLines(
                Retailer.PURCHASE_IMPORTS, rows.subList(from, Math.min(from + A_REQUEST, upTo)));
        if (reply.status() != 200) {
          return reply.status() + " " + reply.body();
        }
        for (JsonNode row : reply.lines()) {
          if (row.has("error")) {
            return row.toString();
          }
          accepted.addAndGet(row.path("status").asText().equals("accepted") ? 1 : 0);
        }
      }
      return "complete";
    } catch (UncheckedIOException | IllegalStateException brokenOff) {
      // The service was killed under the request: what a client then sees.
      return brokenOff.toString();
    }
  }

  /** What all histories together count. */
  private record Sums(long orders, long totalMinor) {
    static Sums of(Suite suite) {
      Map<UUID, PurchaseHistory> histories = OpenedHistories.of(suite);
      long orders = 0;
      long total = 0;
      for (PurchaseHistory history : histories.values()) {
        for (PurchaseHistory.Day day : history.days()) {
          orders += day.orders();
          total += day.totalMinor();
        }
      }
      return new Sums(orders, total);
    }
  }
}
