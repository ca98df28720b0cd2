package org.tallykeep.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.Endpoints;

/** Waits until what was sent is counted, and has the analytics look at it. */
public final class Settling {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final Endpoints endpoints;
  private final Patience patience;
  private final PrintWriter messages;

  public Settling(Endpoints endpoints, Patience patience, PrintWriter messages) {
    this.endpoints = endpoints;
    this.patience = patience;
    this.messages = messages;
  }

  /**
   * Returns once every accepted purchase is aggregated and the models are fitted anew.
   *
   * @throws CommandFailure when aggregation stands still for as long as patience lasts
   */
  public void await() {
    try (ServiceClient customers =
        new ServiceClient(
            "customer-service",
            endpoints.customerService(),
            () -> endpoints.token("ingest"),
            patience)) {
      aggregated(customers);
    }
    try (ServiceClient analytics =
        new ServiceClient(
            "analytics-service",
            endpoints.analyticsService(),
            () -> endpoints.token("data-steward"),
            patience)) {
      analytics.post("/v1/refresh", JsonNodeFactory.instance.objectNode());
    }
  }

  private void aggregated(ServiceClient customers) {
    Patience pauses = new Patience(patience.longest(), FIRST_PAUSE, LONGEST_PAUSE);
    Patience.Clock clock = pauses.start();
    long before = Long.MAX_VALUE;
    while (true) {
      JsonNode pending = customers.get("/v1/ingest/status").path("pending");
      if (!pending.isIntegralNumber()) {
        throw new CommandFailure("customer-service does not say how much is pending");
      }
      long left = pending.asLong();
      if (left == 0) {
        return;
      }
      if (left < before) {
        clock.progress();
      }
      if (before == Long.MAX_VALUE) {
        messages.printf(Locale.ROOT, "%,d purchases are being aggregated%n", left);
        messages.flush();
      }
      before = left;
      if (!clock.pause(Duration.ZERO)) {
        throw new CommandFailure(
            "%d purchases are stored but not aggregated, and none was for %d s; they stay queued:"
                    .formatted(left, patience.longest().toSeconds())
                + " look at the customer-service's log under .tallykeep/");
      }
    }
  }
}
