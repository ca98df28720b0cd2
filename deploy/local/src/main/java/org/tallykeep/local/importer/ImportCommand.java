package org.tallykeep.local.importer;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.Endpoints;
import org.tallykeep.local.client.Patience;
import org.tallykeep.local.client.ServiceClient;
import org.tallykeep.local.client.Settling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tallykeep import}: a delimited file of purchases through the public API. */
@Command(
    name = "import",
    description =
        "Map a delimited file (plain or gzip) onto purchases and send them through the public API."
            + " Repeating an import changes nothing: a purchase counts once.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every row was taken, now or before",
      "1:the import could not be finished; what was taken is kept",
      "2:wrong usage",
      "3:some rows were refused; the others were taken"
    })
public final class ImportCommand implements Callable<Integer> {

  static final int SOME_REFUSED = 3;

  private final Supplier<Endpoints> endpoints;
  private final Path stateDirectory;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file; gzip is recognised by its content.")
  @SuppressWarnings("NullAway.Init") // required by picocli
  private Path file;

  @Option(
      names = "--preset",
      required = true,
      paramLabel = "PRESET",
      description =
          "cdnow, complete-journey, or a YAML file that maps the columns (docs/formats.md).")
  @SuppressWarnings("NullAway.Init") // required by picocli
  private String preset;

  @Option(
      names = "--no-wait",
      description = "Return when all is sent, before it is aggregated and the models know it.")
  private boolean noWait;

  @Option(
      names = "--patience",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "Go on trying for so long while a service is away (default: 60).")
  private int patience;

  /**
   * @param endpoints asked for when the command runs: the stack may not be up before
   * @param stateDirectory {@code .tallykeep}
   */
  public ImportCommand(Supplier<Endpoints> endpoints, Path stateDirectory) {
    this.endpoints = endpoints;
    this.stateDirectory = stateDirectory;
  }

  @Override
  public Integer call() {
    PrintWriter messages = spec.commandLine().getErr();
    try {
      ColumnMapping mapping = Mappings.find(preset);
      Patience tries = Patience.of(Duration.ofSeconds(Math.max(0, patience)));
      Endpoints stack = endpoints.get();
      ImportRun.Summary summary = send(stack, mapping, tries, messages);
      if (!noWait) {
        new Settling(stack, tries, messages).await();
      }
      print(summary);
      if (summary.rows() > 0 && summary.refusedRows() == summary.rows()) {
        throw new CommandFailure(
            "no row was taken: does the mapping " + preset + " fit this file?");
      }
      return summary.refusedRows() == 0 ? 0 : SOME_REFUSED;
    } catch (CommandFailure e) {
      messages.println("import: " + e.sentence());
      messages.flush();
      return 1;
    }
  }

  private ImportRun.Summary send(
      Endpoints stack, ColumnMapping mapping, Patience tries, PrintWriter messages) {
    Clock clock = Clock.systemUTC();
    try (ServiceClient customers =
        new ServiceClient(
            "customer-service", stack.customerService(), () -> stack.token("ingest"), tries)) {
      return new ImportRun(file, mapping, stateDirectory, messages, clock).send(customers);
    }
  }

  private void print(ImportRun.Summary summary) {
    PrintWriter output = spec.commandLine().getOut();
    output.printf(
        Locale.ROOT,
        "%,d rows: %,d purchases taken, %,d known before, %,d rows refused%n",
        summary.rows(),
        summary.taken(),
        summary.known(),
        summary.refusedRows());
    output.flush();
  }
}
