package org.tallykeep.local.parts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Keycloak as its makers distribute it, fetched through Maven, unpacked and built once. */
final class KeycloakDistribution {

  /** Of the plugin that fetches the archive. */
  private static final String DEPENDENCY_PLUGIN =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

  private KeycloakDistribution() {}

  static Path built(Cache cache) {
    String version = Versions.keycloak();
    return cache.entry(
        "keycloak-" + version,
        directory -> {
          Path archive = fetch(version, directory);
          unpack(archive, directory);
          Files.delete(archive);
          build(directory);
        });
  }

  /** Maven takes it from the local repository, or from whatever registry this machine uses. */
  private static Path fetch(String version, Path directory) {
    Commands.run(
        "Fetching Keycloak " + version + " with Maven",
        directory,
        Map.of(),
        "mvn",
        "--batch-mode",
        "--quiet",
        DEPENDENCY_PLUGIN,
        "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + version + ":zip",
        "-DoutputDirectory=" + directory);
    return directory.resolve("keycloak-quarkus-dist-" + version + ".zip");
  }

  private static void unpack(Path archive, Path directory) throws IOException {
    try (InputStream in = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        Path target = directory.resolve(name.substring(name.indexOf('/') + 1)).normalize();
        if (!target.startsWith(directory)) {
          throw new IOException(name + " leads out of the archive");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
  }

  private static void build(Path directory) {
    Commands.run(
        "Building Keycloak",
        directory,
        Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS_APPEND", "-Xmx512m"),
        "sh",
        "bin/kc.sh",
        "build");
  }
}
