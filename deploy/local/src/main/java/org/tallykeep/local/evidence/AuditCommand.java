package org.tallykeep.local.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.AuditFault;
import org.tallykeep.evidence.AuditFile;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.evidence.Witness;
import org.tallykeep.local.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tallykeep audit verify FILE}. */
@Command(
    name = "audit",
    description = "The key service's audit trail.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AuditCommand.Verify.class)
public final class AuditCommand {

  /** Checks an exported trail. */
  @Command(
      name = "verify",
      description = {
        "Checks an audit trail that /v1/audit/export gave, with the public keys alone.",
        "Names the place of each entry that was changed, removed, reordered or cut off before the"
            + " newest checkpoint, and each line that cannot be read. Exits with 0 when there is none, with"
            + " 1 when there is.",
        "Whether the newest checkpoints are missing only a witness knows: give its file, too."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The exported trail, gzip or plain.")
    @SuppressWarnings("NullAway.Init") // required by picocli
    private Path file;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Keys keys;

    @Option(
        names = "--witness",
        paramLabel = "FILE",
        description = "The file that the key service keeps at tallykeep.witness.path.")
    private @Nullable Path witness;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      List<String> ofTheFile = new ArrayList<>();
      AuditInspection.Report report = inspected(ofTheFile);
      out.printf("%,d entries, %,d checkpoints%n", report.entries(), report.checkpoints());
      report.faults().stream().map(AuditFault::sentence).forEach(out::println);
      if (report.checkpoints() == 0) {
        ofTheFile.add("There is no checkpoint: nothing of it was witnessed.");
      }
      ofTheFile.forEach(out::println);
      boolean genuine = report.isGenuine() && ofTheFile.isEmpty();
      out.println(
          genuine
              ? "Genuine: nothing before the newest checkpoint was changed."
              : "Not genuine: see above.");
      return genuine ? 0 : 1;
    }

    private AuditInspection.Report inspected(List<String> ofTheFile) {
      AuditInspection inspection = new AuditInspection(keys.trusted());
      try (InputStream in = Files.newInputStream(file)) {
        ofTheFile.addAll(AuditFile.read(in, inspection));
        String remembered = witness == null ? null : remembered(witness);
        if (remembered != null) {
          inspection.remembered(remembered);
        }
        return inspection.end();
      } catch (NotGenuine e) {
        throw new CommandFailure("Not genuine: " + e.getMessage(), e);
      } catch (IOException e) {
        throw Keys.unreadable(file, e);
      }
    }

    private static @Nullable String remembered(Path witness) {
      try {
        return Witness.parse(Files.readString(witness)).checkpoint();
      } catch (IOException e) {
        throw Keys.unreadable(witness, e);
      }
    }
  }
}
