package org.tallykeep.local.parts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's own programs, unpacked from the jar that carries them for this kind of machine. */
final class PostgresBinaries {

  private PostgresBinaries() {}

  /** The folder that holds {@code bin/postgres}. */
  static Path unpacked(Cache cache) {
    String archive = "postgres-" + system() + "-" + processor() + ".txz";
    return cache.entry("postgresql-" + version(archive), directory -> unpack(archive, directory));
  }

  private static String version(String archive) {
    String url = String.valueOf(PostgresBinaries.class.getResource("/" + archive));
    String jar = url.replaceAll("\\.jar!.*$", "");
    return jar.substring(jar.lastIndexOf('-') + 1).replaceAll("[^0-9.]", "");
  }

  private static void unpack(String archive, Path directory) throws IOException {
    try (InputStream raw = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (raw == null) {
        throw new PartFailedException(
            "There is no PostgreSQL for this kind of machine (" + archive + ").");
      }
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(raw)))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          write(entry, tar, directory);
        }
      }
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path directory)
      throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException(entry.getName() + " leads out of the archive");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.contains("mac") ? "darwin" : "linux";
  }

  private static String processor() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64", "arm64" -> "arm_64";
      default -> "x86_64";
    };
  }
}
