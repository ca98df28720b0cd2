package org.tallykeep.keyvault.root;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A log in a folder beside the local root key, a file an entry: as good as the file system, for a
 * first look.
 */
final class LocalLog implements AppendOnlyLog {

  private final Path directory;

  LocalLog(Path directory) {
    this.directory = directory;
  }

  /** Written whole, then linked into place: an entry is there whole or not at all. */
  @Override
  public boolean append(long number, byte[] entry) {
    AppendOnlyLog.requireFits(entry);
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path draft =
          Files.createTempFile(
              directory,
              ".entry",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        write(draft, entry);
        Files.createLink(file(number), draft);
        sync();
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } finally {
        Files.delete(draft);
      }
    } catch (IOException e) {
      throw new RootUnavailable(e);
    }
  }

  @Override
  public Optional<byte[]> read(long number) {
    try {
      return Optional.of(Files.readAllBytes(file(number)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new RootUnavailable(e);
    }
  }

  private static void write(Path draft, byte[] entry) throws IOException {
    try (FileChannel channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
      ByteBuffer bytes = ByteBuffer.wrap(entry);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** The name of the new file, too, survives a power cut. */
  private void sync() throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private Path file(long number) {
    return directory.resolve(String.format(Locale.ROOT, "%012d", number));
  }
}
