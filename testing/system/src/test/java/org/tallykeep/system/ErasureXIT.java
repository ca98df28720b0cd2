package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** What erasing people does to all figures, and what a crash in the middle of it does: nothing. */
@Order(12)
class ErasureXIT {

  private static final int STAYING = 300;
  private static final int ERASED = 60;
  private static final int PURCHASES_EACH = 8;
  private static final Map<String, String> WHY = Map.of("Purpose", "they asked for it");

  private final Suite suite = Suite.get();
  private final Retailer retailer = new Retailer(suite);
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void whoIsSeveredStaysInEveryFigure() {
    List<String> staying = bring("s", STAYING);
    List<String> erased = bring("t", ERASED);
    Figures before = Figures.of(suite, retailer, staying);

    erased.forEach(customer -> erase(customer, "sever"));

    assertThat(Figures.of(suite, retailer, staying)).isEqualTo(before);
    assertGone(erased);
    assertThat(retailer.isVerified()).isTrue();
  }

  @Test
  void whoIsPurgedWasNeverThere() {
    List<String> staying = bring("p", STAYING);
    Figures without = Figures.of(suite, retailer, staying);
    List<String> erased = bring("q", ERASED);
    assertThat(Figures.of(suite, retailer, staying)).isNotEqualTo(without);

    erased.forEach(customer -> erase(customer, "purge"));

    assertThat(Figures.of(suite, retailer, staying)).isEqualTo(without);
    assertGone(erased);
    assertThat(retailer.isVerified()).isTrue();
  }

  @Test
  void erasuresThatAreKilledAreGoneOnWith() {
    List<String> staying = bring("k", STAYING);
    Figures without = Figures.of(suite, retailer, staying);
    List<String> erased = bring("l", ERASED);

    for (int crash = 1; crash <= 3; crash++) {
      AtomicInteger done = new AtomicInteger();
      List<String> part = erased.subList((crash - 1) * ERASED / 4, crash * ERASED / 4);
      CompletableFuture<Void> erasing =
          CompletableFuture.runAsync(() -> eraseUntilItBreaks(part, done));
      int killedAfter = crash;
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> done.get() >= killedAfter || erasing.isDone());
      suite.customer().kill();
      suite.customer().restart();
      erasing.join();
    }
    erased.forEach(customer -> erase(customer, "purge"));

    assertThat(Figures.of(suite, retailer, staying)).isEqualTo(without);
    assertGone(erased);
    assertThat(retailer.isVerified()).isTrue();
  }

  private void eraseUntilItBreaks(List<String> customers, AtomicInteger done) {
    try {
      for (String customer : customers) {
        erase(customer, "purge");
        done.incrementAndGet();
      }
    } catch (UncheckedIOException | IllegalStateException brokenOff) {
      // The service was killed under the request: what a client then sees.
    }
  }

  private void erase(String customer, String mode) {
    Reply reply = officer().delete("/v1/customers/" + customer + "?mode=" + mode, WHY);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().path("state").asText()).isEqualTo("done");
    assertThat(reply.json().path("receipts").path("subject").asText()).isNotEmpty();
  }

  private void assertGone(List<String> customers) {
    Client steward = retailer.customerAs("data-steward");
    assertThat(customers)
        .allSatisfy(id -> assertThat(steward.get("/v1/customers/" + id).status()).isEqualTo(404));
  }

  private Client officer() {
    return retailer.customerAs("privacy-officer");
  }

  /** People who bought. */
  private List<String> bring(String letter, int count) {
    List<String> profiles =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    """
                    {"externalId":"%s","name":{"given":"Ada"}}"""
                        .formatted(who(letter, i)))
            .toList();
    List<String> ids =
        retailer.bringAll(Retailer.CUSTOMER_IMPORTS, profiles).stream()
            .map(row -> row.path("id").asText())
            .toList();
    Random random = new Random(letter.hashCode());
    retailer.bringAll(
        Retailer.PURCHASE_IMPORTS,
        IntStream.range(0, count * PURCHASES_EACH)
            .mapToObj(i -> purchase(who(letter, i % count), i, random))
            .toList());
    return ids;
  }

  private String who(String letter, int i) {
    return "erased-" + run + "-" + letter + i;
  }

  private static String purchase(String buyer, int i, Random random) {
    return """
        {"eventId":"%1$s-%2$d","externalId":"%1$s","day":"2018-%3$02d-%4$02d",\
        "lines":[{"product":"P%5$d","category":"C%6$d","units":1,"amount":"%7$d.99"}]}"""
        .formatted(
            buyer,
            i,
            1 + random.nextInt(12),
            1 + random.nextInt(28),
            random.nextInt(50),
            random.nextInt(5),
            1 + random.nextInt(40));
  }

  /** All that is told of what was bought, to the last digit. */
  private record Figures(
      Map<String, SalesSeries.Day> sales,
      List<String> histories,
      JsonNode model,
      JsonNode predictions) {

    static Figures of(Suite suite, Retailer retailer, List<String> customers) {
      retailer.awaitAggregated();
      retailer.refreshAnalytics();
      return new Figures(
          OpenedHistories.sales(suite),
          histories(suite),
          model(retailer),
          predictions(retailer, customers));
    }

    /** Whose they are does not matter, nor what is known of them besides. */
    private static List<String> histories(Suite suite) {
      return OpenedHistories.of(suite).values().stream()
          .filter(history -> !history.days().isEmpty())
          .map(Figures::days)
          .sorted()
          .toList();
    }

    private static String days(PurchaseHistory history) {
      return history.days().stream()
          .map(
              day ->
                  "%d %d %d %d"
                      .formatted(
                          day.epochDay(), day.orders(), day.totalMinor(), day.discountMinor()))
          .collect(Collectors.joining(","));
    }

    /** The card, but for when it was made. */
    private static JsonNode model(Retailer retailer) {
      Reply reply = retailer.analyticsAs("data-steward").get("/v1/models/current");
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      ObjectNode card = (ObjectNode) reply.json();
      assertThat(card.path("eligible").asBoolean()).as(reply.body()).isTrue();
      card.remove("fittedAt");
      return card;
    }

    private static JsonNode predictions(Retailer retailer, List<String> customers) {
      String named =
          customers.stream().map("\"%s\""::formatted).collect(Collectors.joining(",", "[", "]"));
      Reply reply =
          retailer
              .customerAs("marketer")
              .post("/v1/predictions", "{\"customers\":%s,\"horizonDays\":90}".formatted(named));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.json().path("predictions")).hasSize(customers.size());
      return reply.json().path("predictions");
    }
  }
}
