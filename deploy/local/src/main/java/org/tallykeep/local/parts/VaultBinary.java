package org.tallykeep.local.parts;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The {@code vault} program: the one on the PATH, else built from this project's Go module. */
final class VaultBinary {

  private VaultBinary() {}

  static Path find(Cache cache, ProjectHome home) {
    return Commands.find("vault").orElseGet(() -> built(cache, home.vaultModule()));
  }

  private static Path built(Cache cache, Path module) {
    return cache
        .entry("vault-" + version(module), directory -> build(module, directory))
        .resolve("vault");
  }

  private static void build(Path module, Path directory) {
    String go =
        Commands.find("go")
            .orElseThrow(
                () ->
                    new PartFailedException(
                        "Vault needs either a vault program on the PATH, or Go to build one"
                            + " (once, some minutes). Install one of them, or leave out --vault."))
            .toString();
    Commands.run(
        "Building Vault",
        module,
        Map.of("GOFLAGS", "-mod=readonly"),
        go,
        "build",
        "-tags",
        "minimal",
        "-o",
        directory.resolve("vault").toString(),
        ".");
  }

  /** Every dependency's hash is in go.sum: another go.sum is another binary. */
  private static String version(Path module) {
    byte[] sums = ProjectHome.read(module.resolve("go.sum")).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(sums);
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
