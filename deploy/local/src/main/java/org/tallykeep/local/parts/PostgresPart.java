package org.tallykeep.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server of one's own: made in a folder when the folder is empty, then started. */
public record PostgresPart(Path data, Path logFile, int port, boolean durable) {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);

  public Starting start(String superuserPassword) {
    Path programs = PostgresBinaries.unpacked(Cache.ofThisUser()).resolve("bin");
    Postgres server = new Postgres(port, superuserPassword);
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise(programs, superuserPassword);
    }
    List<String> command = new ArrayList<>(asUnprivileged());
    command.addAll(List.of(programs.resolve("postgres").toString(), "-D", data.toString()));
    settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return new Launch("PostgreSQL", command, Map.of(), logFile).start(START, server::isReady);
  }

  /** Sessions that are still open are rolled back; what was committed is written. */
  public static void stop(RunningProcess process) {
    process.end("INT", STOP);
  }

  private Map<String, String> settings() {
    return Map.of(
        "port", Integer.toString(port),
        "listen_addresses", "127.0.0.1",
        "unix_socket_directories", "",
        "max_connections", "200",
        "fsync", durable ? "on" : "off",
        "full_page_writes", durable ? "on" : "off",
        "log_min_messages", "warning");
  }

  private void initialise(Path programs, String superuserPassword) {
    Path passwordFile = null;
    try {
      Path half = data.resolveSibling(data.getFileName() + ".half");
      Cache.delete(half);
      Cache.delete(data);
      Files.createDirectories(half);
      passwordFile =
          Files.createTempFile(
              "tallykeep-",
              ".pw",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(passwordFile, superuserPassword);
      List<String> command = new ArrayList<>(asUnprivileged());
      command.addAll(
          List.of(
              programs.resolve("initdb").toString(),
              "--pgdata=" + half,
              "--username=" + Postgres.SUPERUSER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C",
              "--no-sync"));
      Commands.run(
          "Making the PostgreSQL folder " + data, half, Map.of(), command.toArray(String[]::new));
      Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new PartFailedException("The folder " + data + " cannot be written.", e);
    } finally {
      deleteQuietly(passwordFile);
    }
  }

  private static void deleteQuietly(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new PartFailedException("Delete " + file + " by hand: it holds a password.", e);
    }
  }

  /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see it is. */
  private static List<String> asUnprivileged() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    if (Commands.find("unshare").isEmpty()) {
      throw new PartFailedException(
          "PostgreSQL does not run as root: run this as another user, or install unshare"
              + " (util-linux).");
    }
    return List.of("unshare", "--user");
  }
}
