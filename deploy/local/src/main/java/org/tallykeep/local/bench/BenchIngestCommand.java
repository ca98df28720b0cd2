package org.tallykeep.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.sample.SampleJson;
import org.tallykeep.local.stack.StackAccess;
import org.tallykeep.simulator.Purchase;
import org.tallykeep.simulator.Retailer;
import org.tallykeep.simulator.RetailerParameters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tallykeep bench ingest}: how many purchases are taken and counted, beside plain COPY. */
@Command(
    name = "ingest",
    description = {
      "Imports the purchases of a simulated retailer on a stack of its own with Vault, waits until"
          + " all are counted, then stores the same rows without seals by PostgreSQL's COPY.",
      "Everything shares this machine's cores: the client, the services, PostgreSQL and Vault."
    },
    mixinStandardHelpOptions = true)
public final class BenchIngestCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long SEED = 42;
  private static final int PURCHASES_A_CUSTOMER = 5;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "200000",
      description = "How many purchases are imported (default: ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many imports share them at the same time (default: ${DEFAULT-VALUE}).")
  private int connections;

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
            RetailerParameters.sample(
                SEED, Math.max(100, events / PURCHASES_A_CUSTOMER), LocalDate.of(2024, 1, 1), 730));
    report.say("Importing %,d customers".formatted(retailer.parameters().households()));
    try (ImportFiles customers =
        ImportFiles.write(
            stack.folder().directory(),
            "customers",
            connections,
            retailer.profiles().map(SampleJson::of))) {
      load(access, "/v1/customers/imports").send(customers, id -> {});
    }
    report.say("Making %,d purchases".formatted(events));
    try (ImportFiles purchases =
        ImportFiles.write(
            stack.folder().directory(),
            "purchases",
            connections,
            retailer
                .inTimeOrder()
                .filter(Purchase.class::isInstance)
                .map(Purchase.class::cast)
                .limit(events)
                .map(SampleJson::of))) {
      measure(stack, purchases, report);
    }
  }

  private void measure(OwnStack stack, ImportFiles purchases, Report report) {
    StackAccess access = stack.access();
    GcLog collections = GcLog.of(stack.folder());
    ImportLoad load = load(access, "/v1/purchases/imports");
    Requests status =
        new Requests(
            access.customerService(),
            Map.of("Authorization", "Bearer " + access.token(StackAccess.INGEST)));
    report.say("Importing %,d purchases".formatted(purchases.rows()));
    int collected = collections.lines();
    double seconds = load.send(purchases, id -> {});
    double lag = secondsUntilCounted(status);
    report.say("The same rows by COPY");
    double copy = new PlainCopy(access.customerDatabase()).seconds(purchases);
    ObjectNode figures = report.figures();
    figures.put("eventsPerSecond", Math.round(purchases.rows() / seconds));
    figures.put("aggregatorLagSeconds", Report.rounded(lag));
    figures.put("peakHeapMiB", collections.highestAfter(collected));
    figures.put("copyPerSecond", Math.round(purchases.rows() / copy));
    figures.put("ratio", Report.rounded(seconds / copy));
  }

  private static ImportLoad load(StackAccess access, String path) {
    return new ImportLoad(access.customerService(), path, access.token(StackAccess.INGEST));
  }

  /** From the summary until nothing is pending. */
  private static double secondsUntilCounted(Requests service) {
    long began = System.nanoTime();
    while (true) {
      JsonNode pending = parse(service.get("/v1/ingest/status")).path("pending");
      double elapsed = (System.nanoTime() - began) / 1e9;
      if (pending.isIntegralNumber() && pending.asLong() == 0) {
        return elapsed;
      }
      if (elapsed > PATIENCE.toSeconds()) {
        throw new CommandFailure("purchases are not counted: %s pending".formatted(pending));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private static JsonNode parse(byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
