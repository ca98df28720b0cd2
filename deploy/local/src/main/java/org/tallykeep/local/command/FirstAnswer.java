package org.tallykeep.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.tallykeep.local.client.Patience;
import org.tallykeep.local.client.ServiceClient;
import org.tallykeep.local.sample.SampleLoader;
import org.tallykeep.local.stack.Console;
import org.tallykeep.local.stack.Stack;
import org.tallykeep.local.stack.StackAccess;
import org.tallykeep.local.stack.StackState;
import org.tallykeep.local.stack.StateFolder;
import org.tallykeep.simulator.Retailer;
import org.tallykeep.simulator.RetailerParameters;

/** Loads the sample retailer into a new stack and asks it the first question. */
final class FirstAnswer {

  private static final long SEED = 20_260_101;
  private static final int HOUSEHOLDS = 2_000;
  private static final int DAYS = 365;
  private static final int TOP = 10;
  private static final int HORIZON_DAYS = 30;

  private final StateFolder folder;
  private final Console console;
  private final Clock clock;

  FirstAnswer(StateFolder folder, Console console, Clock clock) {
    this.folder = folder;
    this.console = console;
    this.clock = clock;
  }

  /** Loading twice adds nothing: a load that was broken off is simply repeated. */
  void load(Stack stack) {
    StackState state = stack.state();
    if (state.sample() == StackState.Sample.NONE || state.sampleLoaded()) {
      return;
    }
    LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    RetailerParameters parameters =
        RetailerParameters.sample(SEED, HOUSEHOLDS, today.minusDays(DAYS), DAYS);
    SampleLoader.Loaded loaded =
        new SampleLoader(StackAccess.to(folder), Patience.ordinary(), console.writer())
            .load(Retailer.of(parameters));
    stack.rememberSampleLoaded();
    console.line(
        String.format(
            Locale.ROOT,
            "  Loaded a made-up retailer: %,d customers, %,d purchases in %d days",
            loaded.customers(),
            loaded.purchases(),
            DAYS));
  }

  void give(Stack stack) {
    if (!stack.state().sampleLoaded()) {
      return;
    }
    StackAccess access = StackAccess.to(folder);
    JsonNode answer;
    try (ServiceClient customers =
        new ServiceClient(
            "customer-service",
            access.customerService(),
            () -> access.token("marketer"),
            Patience.ordinary())) {
      answer =
          customers.post(
              "/v1/predictions",
              JsonNodeFactory.instance
                  .objectNode()
                  .put("top", TOP)
                  .put("horizonDays", HORIZON_DAYS));
    }
    console.line("");
    console.line(
        "  Most likely to buy in the %d days after %s, as a marketer sees them:"
            .formatted(HORIZON_DAYS, answer.path("asOf").asText("today")));
    console.line(
        "    %-30s %-30s %15s  %s".formatted("name", "e-mail", "expected orders", "P(alive)"));
    for (JsonNode prediction : answer.path("predictions")) {
      console.line(row(prediction));
    }
  }

  private static String row(JsonNode prediction) {
    JsonNode customer = prediction.path("customer");
    return String.format(
        Locale.ROOT,
        "    %-30s %-30s %15.2f  %.3f",
        customer.at("/name/given").asText() + " " + customer.at("/name/family").asText(),
        customer.at("/emails/0").asText(),
        prediction.path("expected").asDouble(),
        prediction.path("pAlive").asDouble());
  }
}
