package org.tallykeep.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.tallykeep.local.stack.StackAccess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tallykeep bench keys}: how many keys the key service opens and makes, beside Vault. */
@Command(
    name = "keys",
    description = {
      "Opens and makes keys through the key service, with budgets and audit, on a stack of its own"
          + " with Vault, and the same number of values in Vault's transit engine itself.",
      "Everything shares this machine's cores: the client, the services, PostgreSQL and Vault."
    },
    mixinStandardHelpOptions = true)
public final class BenchKeysCommand implements Callable<Integer> {

  private static final String ROOT_UNWRAP = "transit/decrypt/tallykeep-root";
  private static final int SINGLES = 10_000;
  private static final long SEED = 42;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "200000",
      description = "How many keys there are to choose from (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "15",
      description = "How long each pace is measured (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many requests are under way at once (default: ${DEFAULT-VALUE}).")
  private int workers;

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
    ObjectNode figures = report.figures();
    try (OwnStack stack = OwnStack.start(portBase, report.progress())) {
      Pace pace =
          new Pace(workers, Duration.ofSeconds(5 + seconds / 2), Duration.ofSeconds(seconds));
      measureKeyService(stack, pace, report);
      measureTransit(stack, pace, report);
    }
    double ratio =
        figures.path("unwrapPerSecond").asDouble()
            / figures.path("vaultTransitPerSecond").asDouble();
    figures.put("unwrapToVaultTransit", Report.rounded(ratio));
    report.print();
    return 0;
  }

  private void measureKeyService(OwnStack stack, Pace pace, Report report) {
    ObjectNode figures = report.figures();
    StackAccess access = stack.access();
    KeyServiceLoad load =
        new KeyServiceLoad(access.keyService(), access.serviceToken("customer-service"));
    VaultAudit vault = new VaultAudit(stack.folder().vaultAudit());
    report.say("Making %,d keys".formatted(keys));
    load.prepare(keys, new Random(SEED));
    long began = System.nanoTime();
    report.say("Opening keys in batches of %,d".formatted(KeyServiceLoad.BATCH));
    figures.put("unwrapPerSecond", Math.round(pace.perSecond(load::openBatch)));
    report.say("Opening keys one by one");
    double[] times = Pace.times(SINGLES / 5, SINGLES, load::openOne);
    figures.put("p50Ms", Report.rounded(Pace.quantile(times, 0.50)));
    figures.put("p99Ms", Report.rounded(Pace.quantile(times, 0.99)));
    report.say("Making keys in batches of %,d".formatted(KeyServiceLoad.BATCH));
    figures.put("createPerSecond", Math.round(pace.perSecond(load::create)));
    double minutes = (System.nanoTime() - began) / 60e9;
    long unwraps = vault.answered(ROOT_UNWRAP::equals);
    long others = vault.answered(path -> !path.equals(ROOT_UNWRAP));
    figures.put("requests", load.sent());
    figures.put("vaultRootUnwraps", unwraps);
    figures.put("vaultCallsPerThousandRequests", Report.rounded(1000.0 * unwraps / load.sent()));
    figures.put("vaultBackgroundCallsPerMinute", Report.rounded(others / minutes));
  }

  private void measureTransit(OwnStack stack, Pace pace, Report report) {
    ObjectNode figures = report.figures();
    URI vault = stack.access().vault();
    String token = stack.access().vaultRootToken();
    // Vault is at its best: without writing down what it is asked.
    new Requests(vault, Map.of("X-Vault-Token", token)).delete("/v1/sys/audit/file");
    TransitLoad load = new TransitLoad(vault, token);
    load.prepare(keys, new Random(SEED));
    report.say("The same in Vault's transit engine");
    figures.put("vaultTransitPerSecond", Math.round(pace.perSecond(load::openBatch)));
    double[] times = Pace.times(SINGLES / 5, SINGLES, load::openOne);
    figures.put("vaultSingleP50Ms", Report.rounded(Pace.quantile(times, 0.50)));
  }
}
