package org.tallykeep.local.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.Endpoints;
import org.tallykeep.local.client.Patience;
import org.tallykeep.local.client.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tallykeep backtest}: fit on what is known up to a day, compare with what came after. */
@Command(
    name = "backtest",
    description = "Fit the models on the data up to a day and compare them with what came after.",
    mixinStandardHelpOptions = true)
public final class BacktestCommand implements Callable<Integer> {

  private final Supplier<Endpoints> endpoints;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--until",
      required = true,
      paramLabel = "DATE",
      description = "Last day the models may see, such as 1997-09-30.")
  @SuppressWarnings("NullAway.Init") // required by picocli
  private LocalDate until;

  @Option(
      names = "--horizon",
      required = true,
      paramLabel = "DAYS",
      description = "How many days after it are predicted.")
  private int horizon;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /**
   * @param endpoints asked for when the command runs
   */
  public BacktestCommand(Supplier<Endpoints> endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public Integer call() {
    PrintWriter output = spec.commandLine().getOut();
    try {
      if (horizon < 1) {
        throw new CommandFailure("--horizon is a number of days, at least 1");
      }
      JsonNode answer = ask();
      BacktestReport.requireFigures(answer);
      output.print(
          json ? BacktestReport.of(answer) + System.lineSeparator() : BacktestReport.table(answer));
      output.flush();
      return 0;
    } catch (CommandFailure e) {
      PrintWriter errors = spec.commandLine().getErr();
      errors.println("backtest: " + e.sentence());
      errors.flush();
      return 1;
    }
  }

  private JsonNode ask() {
    Endpoints stack = endpoints.get();
    ObjectNode question = JsonNodeFactory.instance.objectNode();
    question.put("until", until.toString());
    question.put("horizonDays", horizon);
    try (ServiceClient analytics =
        new ServiceClient(
            "analytics-service",
            stack.analyticsService(),
            () -> stack.token("marketer"),
            Patience.ordinary())) {
      return analytics.post("/v1/backtests", question);
    }
  }
}
