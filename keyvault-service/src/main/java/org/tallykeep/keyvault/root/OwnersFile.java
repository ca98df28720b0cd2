package org.tallykeep.keyvault.root;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/** A file for its owner alone, which is there whole, as it was or as it is, whatever dies. */
record OwnersFile(Path path) {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** One thread of this program at a time: the lock on a file is the whole program's. */
  private static final Object ONE_AT_A_TIME = new Object();

  /** Writes the content. */
  @FunctionalInterface
  interface Content {
    void to(OutputStream out) throws IOException, GeneralSecurityException;
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** Written whole, then linked into place: of two that start at once the first one's stays. */
  void create(Content content) throws IOException, GeneralSecurityException {
    Files.createDirectories(directory());
    Path draft = draft(content);
    try {
      Files.createLink(path, draft);
      syncNames();
    } catch (FileAlreadyExistsException e) {
      // Another replica was first; its file is the one.
    } finally {
      Files.delete(draft);
    }
  }

  /**
   * Written whole, then moved into place.
   *
   * @param content reads the file as it is and writes it anew, while nobody else does
   */
  void replace(Content content) throws IOException, GeneralSecurityException {
    synchronized (ONE_AT_A_TIME) {
      Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(
                  lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER);
          var lock = channel.lock()) {
        Path draft = draft(content);
        try {
          Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
          Files.deleteIfExists(draft);
          throw e;
        }
        syncNames();
        // Kept until here; whoever comes next takes it for themselves.
        Objects.requireNonNull(lock);
      }
    }
  }

  private Path draft(Content content) throws IOException, GeneralSecurityException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.to(bytes);
    Path draft = Files.createTempFile(directory(), ".draft", "", OWNER);
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes.toByteArray());
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
      Arrays.fill(rest.array(), (byte) 0);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    return draft;
  }

  /** The name, too, survives a power cut. */
  private void syncNames() throws IOException {
    try (FileChannel names = FileChannel.open(directory(), StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private Path directory() {
    return Objects.requireNonNull(path.getParent());
  }
}
