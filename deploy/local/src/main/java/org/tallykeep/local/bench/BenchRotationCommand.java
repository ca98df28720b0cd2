package org.tallykeep.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.stack.StackAccess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tallykeep bench rotation}: how the key service rotates its keys while requests run. */
@Command(
    name = "rotation",
    description = {
      "Makes subject keys on a stack of its own with Vault, then rotates the root key, and all"
          + " branch keys where asked for, while keys are opened without a pause.",
      "Everything shares this machine's cores: the client, the services, PostgreSQL and Vault."
    },
    mixinStandardHelpOptions = true)
public final class BenchRotationCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long SEED = 42;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /** Instead of a quarter of an hour, for which a rotation of branches waits. */
  private static final Map<String, String> YOUNG_BRANCHES =
      Map.of("TALLYKEEP_BRANCHES_MAX_AGE", "30s", "TALLYKEEP_BRANCHES_REFRESH_AFTER", "20s");

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many subject keys there are (default: ${DEFAULT-VALUE}).")
  private int customers;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "15",
      description = "How long the load runs before, to compare with (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = {
        "How many single keys are opened at once, beside one batch of 1,000"
            + " (default: ${DEFAULT-VALUE})."
      })
  private int workers;

  @Option(
      names = "--branches",
      description = "Rotate all branch keys afterwards, with branch keys kept for 30 s.")
  private boolean branches;

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
    Map<String, String> settings = branches ? YOUNG_BRANCHES : Map.of();
    try (OwnStack stack = OwnStack.start(portBase, settings, report.progress())) {
      measure(stack.access(), report);
    }
    report.print();
    return report.figures().path("failedRequests").asLong() == 0 ? 0 : 1;
  }

  private void measure(StackAccess access, Report report) {
    ObjectNode figures = report.figures();
    KeyServiceLoad keys =
        new KeyServiceLoad(access.keyService(), access.serviceToken("customer-service"));
    report.say("Making %,d keys".formatted(customers));
    figures.put("customers", customers);
    figures.put("createSeconds", seconds(() -> keys.prepare(customers, new Random(SEED))));
    try (SteadyLoad load = new SteadyLoad()) {
      load.add(workers, true, keys::openOne);
      load.add(1, false, keys::openBatch);
      report.say("Opening keys without a pause");
      load.during(() -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5 + seconds / 2)));
      SteadyLoad.While before =
          load.during(() -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds)));
      figures.put("requestsBefore", before.requests());
      figures.put("p99MsBefore", Report.rounded(before.p99Ms()));
      report.say("Rotating the root key");
      SteadyLoad.While root =
          load.during(() -> figures.put("rootRotationSeconds", rotate(access, "root")));
      figures.put("failedRequests", before.failed() + root.failed());
      figures.put("requestsDuring", root.requests());
      figures.put("p99MsDuring", Report.rounded(root.p99Ms()));
      figures.put("slowestMsDuring", Report.rounded(root.slowestMs()));
      if (branches) {
        report.say("Rotating all branch keys");
        SteadyLoad.While all =
            load.during(() -> figures.put("branchesRotationSeconds", rotate(access, "branches")));
        figures.put("branchesWaitSeconds", 30);
        figures.put("branchesFailedRequests", all.failed());
        figures.put("branchesRequestsDuring", all.requests());
        figures.put("branchesP99MsDuring", Report.rounded(all.p99Ms()));
        figures.put("failedRequests", figures.path("failedRequests").asLong() + all.failed());
      }
      if (load.firstFailure() != null) {
        figures.put("firstFailure", load.firstFailure());
      }
    }
  }

  /** From the request to the answer that says it is done. */
  private static double rotate(StackAccess access, String kind) {
    String officer = access.token("security-officer");
    Requests requests =
        new Requests(access.keyService(), Map.of("Authorization", "Bearer " + officer));
    long began = System.nanoTime();
    byte[] request = "{\"kind\":\"%s\"}".formatted(kind).getBytes(StandardCharsets.US_ASCII);
    String id = parse(requests.post("/v1/rotations", request)).path("id").asText();
    String path = "/v1/rotations/" + id;
    while (true) {
      // A token may end before a long rotation does.
      String token = access.token("security-officer");
      JsonNode rotation =
          parse(
              new Requests(access.keyService(), Map.of("Authorization", "Bearer " + token))
                  .get(path));
      double elapsed = (System.nanoTime() - began) / 1e9;
      switch (rotation.path("state").asText()) {
        case "done" -> {
          return Report.rounded(elapsed);
        }
        case "failed" -> throw new CommandFailure("the rotation failed: " + rotation);
        default -> {
          if (elapsed > PATIENCE.toSeconds()) {
            throw new CommandFailure("the rotation is not over: " + rotation);
          }
          LockSupport.parkNanos(POLL.toNanos());
        }
      }
    }
  }

  private static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return Report.rounded((System.nanoTime() - began) / 1e9);
  }

  private static JsonNode parse(byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
