package org.tallykeep.local.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What is fetched or built once for every checkout of this user. An entry appears whole or not at
 * all, also when two programs want it at once or one dies half-way.
 */
public record Cache(Path directory) {

  /** Fills the empty directory it is given. */
  @FunctionalInterface
  public interface Filler {
    void fill(Path empty) throws IOException;
  }

  static Cache ofThisUser() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return new Cache(base.resolve("tallykeep"));
  }

  Path entry(String name, Filler filler) {
    Path entry = directory.resolve(name);
    if (Files.isDirectory(entry)) {
      return entry;
    }
    try {
      Files.createDirectories(directory);
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve(name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !Files.isDirectory(entry)) {
          Path half = directory.resolve(name + ".half");
          delete(half);
          Files.createDirectories(half);
          filler.fill(half);
          Files.move(half, entry, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return entry;
    } catch (IOException e) {
      throw new UncheckedIOException("The cache " + directory + " cannot be filled", e);
    }
  }

  public static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(tree + " cannot be deleted", e);
    }
  }
}
