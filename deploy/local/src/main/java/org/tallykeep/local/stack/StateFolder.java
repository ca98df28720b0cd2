package org.tallykeep.local.stack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.tallykeep.local.parts.Cache;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.ProjectHome;

/** The folder {@code .tallykeep}: state, secrets, logs and data of one stack, for one user. */
public record StateFolder(Path directory) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String START_OVER = " ./tallykeep up --fresh starts over, without its data.";

  public static StateFolder of(ProjectHome home) {
    return new StateFolder(home.directory().resolve(".tallykeep"));
  }

  /** A stack beside the ordinary one, with ports, data and secrets of its own. */
  public StateFolder beside(String name) {
    create();
    return new StateFolder(directory.resolve(name));
  }

  public void create() {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new PartFailedException("The folder " + directory + " cannot be made.", e);
    }
  }

  /** Everything but the logs of the build and the lock that is held. */
  void deleteContents() {
    for (Path path : List.of(stateFile(), secretsFile(), data(), logs())) {
      Cache.delete(path);
    }
  }

  /** Held by one program while it changes the stack. */
  public FileChannel lock() {
    create();
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new PartFailedException(
            "Another ./tallykeep is bringing this stack up or down; wait until it is done.");
      }
      return channel;
    } catch (IOException e) {
      throw new PartFailedException("The folder " + directory + " cannot be locked.", e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProgram) {
      return false;
    }
  }

  boolean holdsData() {
    return Files.exists(data());
  }

  Path data() {
    return directory.resolve("data");
  }

  Path data(Part part) {
    return data().resolve(part.slug());
  }

  public Path logs() {
    return directory.resolve("logs");
  }

  /** What Vault was asked, one JSON object a line. */
  public Path vaultAudit() {
    return logs().resolve("vault-audit.log");
  }

  public Path log(Part part) {
    return logs().resolve(part.slug() + ".log");
  }

  Path secretsFile() {
    return directory.resolve("secrets.json");
  }

  private Path stateFile() {
    return directory.resolve("state.json");
  }

  public Optional<StackState> state() {
    return read(stateFile(), StackState.class);
  }

  Optional<StackSecrets> secrets() {
    return read(secretsFile(), StackSecrets.class);
  }

  void write(StackState state) {
    write(stateFile(), state);
  }

  void write(StackSecrets secrets) {
    write(secretsFile(), secrets);
  }

  private static <T> Optional<T> read(Path file, Class<T> type) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), type));
    } catch (IOException e) {
      throw new PartFailedException(file + " cannot be understood." + START_OVER, e);
    }
  }

  /** Whole or not at all, and for this user alone from the first byte. */
  private void write(Path file, Object content) {
    try {
      Path half =
          Files.createTempFile(
              directory,
              "half-",
              ".json",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      JSON.writerWithDefaultPrettyPrinter().writeValue(half.toFile(), content);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new PartFailedException(file + " cannot be written.", e);
    }
  }
}
