package org.tallykeep.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A running set of parts as one program hands it to others, in a file for this user alone. */
record PartsFile(
    int postgresPort,
    String postgresPassword,
    int keycloakPort,
    Map<String, String> clientSecrets,
    Map<String, String> userPasswords,
    int vaultPort,
    String vaultUnsealKey,
    String vaultRootToken) {

  /** Names the file to whoever wants to attach. */
  static final String VARIABLE = "TALLYKEEP_TEST_PARTS";

  @Override
  public String toString() {
    return "PartsFile[postgres %d, keycloak %d, vault %d]"
        .formatted(postgresPort, keycloakPort, vaultPort);
  }

  static PartsFile read(Path file) {
    try {
      return Http.JSON.readValue(file.toFile(), PartsFile.class);
    } catch (IOException e) {
      throw new PartFailedException(
          VARIABLE + " names " + file + ", which is not a file of running parts; unset it.", e);
    }
  }

  void write(Path file) {
    try {
      Path half =
          Files.createTempFile(
              file.toAbsolutePath().getParent(),
              "parts-",
              ".half",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Http.JSON.writerWithDefaultPrettyPrinter().writeValue(half.toFile(), this);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new PartFailedException("The file " + file + " cannot be written.", e);
    }
  }
}
