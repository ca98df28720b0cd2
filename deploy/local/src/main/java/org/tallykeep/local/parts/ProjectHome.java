package org.tallykeep.local.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that this program belongs to: where the realm, the policies and the jars lie. */
public record ProjectHome(Path directory) {

  /**
   * Named by the system property {@code tallykeep.home}, else a parent of the working directory.
   */
  public static ProjectHome find() {
    String named = System.getProperty("tallykeep.home");
    Path start = Path.of(named == null ? "" : named).toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(realmFile(at))) {
        return new ProjectHome(at);
      }
    }
    throw new PartFailedException(
        start + " is not inside a Tallykeep checkout; run ./tallykeep from one.");
  }

  public Path realmFile() {
    return realmFile(directory);
  }

  Path vaultPolicy(String name) {
    return directory.resolve("deploy/vault/" + name + ".hcl");
  }

  Path vaultModule() {
    return directory.resolve("deploy/local/vault");
  }

  /** The packaged form of a service: run it with {@code java -jar}. */
  public Path serviceJar(String service) {
    return directory.resolve(service + "/target/quarkus-app/quarkus-run.jar");
  }

  private static Path realmFile(Path directory) {
    return directory.resolve("deploy/keycloak/tallykeep-realm.json");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
