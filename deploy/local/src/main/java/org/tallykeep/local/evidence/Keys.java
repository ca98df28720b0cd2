package org.tallykeep.local.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.evidence.SigningKeys;
import org.tallykeep.local.CommandFailure;
import picocli.CommandLine.Option;

/** Which public keys are trusted, for all commands that check signatures. */
final class Keys {

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "KEYS",
      description = {
        "The key service's public keys, a JSON Web Key Set.",
        "Keep your own copy: curl http://127.0.0.1:7402/v1/signing-keys > signing-keys.json"
      })
  private @Nullable Path file;

  SigningKeys trusted() {
    if (file == null) {
      throw new IllegalStateException("required by picocli");
    }
    try {
      return SigningKeys.parse(Files.readString(file));
    } catch (NotGenuine e) {
      throw new CommandFailure(file.getFileName() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static CommandFailure unreadable(Path file, IOException e) {
    return new CommandFailure(
        "%s cannot be read: is it there, and may you read it?".formatted(file.getFileName()), e);
  }
}
