package org.tallykeep.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Vault server of one's own with its storage (raft, one node) in a folder; it starts sealed. */
public record VaultPart(Path data, Path logFile, int port, int clusterPort, ProjectHome home) {

  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(10);

  /** Its program, built the first time, which takes minutes. */
  public static Path program(ProjectHome home) {
    return VaultBinary.find(Cache.ofThisUser(), home);
  }

  public Starting start() {
    Path program = program(home);
    Vault server = new Vault(port);
    return new Launch(
            "Vault",
            List.of(program.toString(), "server", "-config=" + writeConfiguration()),
            Map.of("GOMEMLIMIT", "256MiB"),
            logFile)
        .start(START, server::answers);
  }

  public static void stop(RunningProcess process) {
    process.end(STOP);
  }

  private Path writeConfiguration() {
    try {
      Files.createDirectories(data.resolve("raft"));
      return Files.writeString(
          data.resolve("vault.hcl"),
          """
          storage "raft" {
            path = "%s"
            node_id = "local"
            # The quickest election: there is nobody to lose it to.
            performance_multiplier = 1
          }
          listener "tcp" {
            address = "127.0.0.1:%d"
            cluster_address = "127.0.0.1:%d"
            tls_disable = true
          }
          api_addr = "http://127.0.0.1:%d"
          cluster_addr = "http://127.0.0.1:%d"
          disable_mlock = true
          ui = false
          """
              .formatted(
                  data.resolve("raft").toAbsolutePath(), port, clusterPort, port, clusterPort));
    } catch (IOException e) {
      throw new PartFailedException("The folder " + data + " cannot be written.", e);
    }
  }
}
