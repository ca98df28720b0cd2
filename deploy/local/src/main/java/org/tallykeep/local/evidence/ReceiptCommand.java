package org.tallykeep.local.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.evidence.Receipt;
import org.tallykeep.evidence.Statement;
import org.tallykeep.local.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tallykeep receipt verify FILE}. */
@Command(
    name = "receipt",
    description = "Receipts of destroyed keys.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ReceiptCommand.Verify.class)
public final class ReceiptCommand {

  /** Checks one receipt. */
  @Command(
      name = "verify",
      description = {
        "Checks a receipt with the public keys alone; asks no service.",
        "Exits with 0 when it is genuine, with 1 when it is not."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    @Parameters(
        paramLabel = "FILE",
        description = "The receipt, or the answer of /v1/keys/destroy that holds it.")
    @SuppressWarnings("NullAway.Init") // required by picocli
    private Path file;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Keys keys;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try {
        Receipt receipt = Statement.RECEIPT.verified(receipt(), keys.trusted());
        out.println("Genuine: " + what(receipt));
        out.println("Receipt " + receipt.id() + " of " + receipt.issuedAt());
        out.printf("Ledger entry %d, head %s%n", receipt.ledgerPosition(), receipt.ledgerHead());
        out.println(
            receipt.unrecoverableFrom() == null
                ? "Copies made before open for as long as root and branch keys are not turned over."
                : "No key that opens a copy made before exists from "
                    + receipt.unrecoverableFrom()
                    + " on.");
        return 0;
      } catch (NotGenuine e) {
        throw new CommandFailure("Not genuine: " + e.getMessage(), e);
      }
    }

    private static String what(Receipt receipt) {
      Map<LedgerEntry.Mode, Long> modes =
          receipt.keys().stream()
              .collect(
                  Collectors.groupingBy(Receipt.Key::mode, TreeMap::new, Collectors.counting()));
      return "%,d %s %s destroyed (%s)"
          .formatted(
              receipt.keys().size(),
              receipt.kind().label(),
              receipt.keys().size() == 1 ? "key was" : "keys were",
              modes.entrySet().stream()
                  .map(mode -> mode.getKey().label() + " " + mode.getValue())
                  .collect(Collectors.joining(", ")));
    }

    private String receipt() {
      try {
        String text = Files.readString(file).strip();
        return text.startsWith("{")
            ? JsonMapper.builder().build().readTree(text).path("receipt").asText()
            : text;
      } catch (JsonProcessingException e) {
        throw new NotGenuine("This is no receipt.", e);
      } catch (IOException e) {
        throw Keys.unreadable(file, e);
      }
    }
  }
}
