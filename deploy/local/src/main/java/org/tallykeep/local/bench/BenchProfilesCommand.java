package org.tallykeep.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.tallykeep.local.sample.SampleJson;
import org.tallykeep.local.stack.StackAccess;
import org.tallykeep.simulator.Retailer;
import org.tallykeep.simulator.RetailerParameters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tallykeep bench profiles}: how customers are imported, read, found and written. */
@Command(
    name = "profiles",
    description = {
      "Imports simulated customers on a stack of its own with Vault, reads single ones with their"
          + " contacts revealed and searches by e-mail at a fixed pace, and creates single ones by"
          + " many clients. The budget of the person who reads is raised in that stack's settings.",
      "Everything shares this machine's cores: the client, the services, PostgreSQL and Vault."
    },
    mixinStandardHelpOptions = true)
public final class BenchProfilesCommand implements Callable<Integer> {

  private static final long SEED = 42;
  private static final int CONNECTIONS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  /** More than can be created in the time. */
  private static final int SPARE = 1_000_000;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many customers there are (default: ${DEFAULT-VALUE}).")
  private int customers;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many reads, then searches begin a second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long reads, searches and writes are measured (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--writers",
      paramLabel = "N",
      defaultValue = "32",
      description = "How many clients write at the same time (default: ${DEFAULT-VALUE}).")
  private int writers;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      defaultValue = "7500",
      description = "The first of the stack's seven ports (default: ${DEFAULT-VALUE}).")
  private int portBase;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    Report report = new Report(spec.commandLine(), json);
    try (OwnStack stack = OwnStack.start(portBase, report.progress())) {
      measure(stack, report);
    }
    report.print();
    return 0;
  }

  private void measure(OwnStack stack, Report report) {
    StackAccess access = stack.access();
    Retailer retailer =
        Retailer.of(
            RetailerParameters.sample(SEED, customers + SPARE, LocalDate.of(2024, 1, 1), 30));
    List<String> ids = Collections.synchronizedList(new ArrayList<>(customers));
    double imported = importAll(stack, retailer, ids, report);
    double bytes = new TableSizes(access.customerDatabase()).of("customer%") / customers;
    ProfileLoad load = new ProfileLoad(access, retailer, customers, ids);
    OpenLoop pace = new OpenLoop(rate, WARM_UP, Duration.ofSeconds(seconds));
    report.say("Reading %,d a second, contacts revealed".formatted(rate));
    double[] reads = pace.times(() -> load.readOne(ThreadLocalRandom.current()));
    report.say("Searching %,d a second by e-mail".formatted(rate));
    double[] searches = pace.times(() -> load.searchOne(ThreadLocalRandom.current()));
    report.say("Creating single customers by %,d clients".formatted(writers));
    double writes =
        new Pace(writers, WARM_UP, Duration.ofSeconds(seconds)).perSecond(load::createOne);
    ObjectNode figures = report.figures();
    figures.put("readP50Ms", Report.rounded(Pace.quantile(reads, 0.50)));
    figures.put("readP99Ms", Report.rounded(Pace.quantile(reads, 0.99)));
    figures.put("searchP50Ms", Report.rounded(Pace.quantile(searches, 0.50)));
    figures.put("searchP99Ms", Report.rounded(Pace.quantile(searches, 0.99)));
    figures.put("writesPerSecond", Math.round(writes));
    figures.put("importedPerSecond", Math.round(customers / imported));
    figures.put("bytesPerProfile", Math.round(bytes));
  }

  private double importAll(OwnStack stack, Retailer retailer, List<String> ids, Report report) {
    report.say("Importing %,d customers".formatted(customers));
    StackAccess access = stack.access();
    try (ImportFiles files =
        ImportFiles.write(
            stack.folder().directory(),
            "customers",
            CONNECTIONS,
            retailer.profiles().limit(customers).map(SampleJson::of))) {
      return new ImportLoad(
              access.customerService(), "/v1/customers/imports", access.token(StackAccess.INGEST))
          .send(files, ids::add);
    }
  }
}
