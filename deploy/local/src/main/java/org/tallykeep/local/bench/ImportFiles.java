package org.tallykeep.local.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of NDJSON made ahead, so that the measured time is not that of making them: as many files as
 * are sent at the same time, each row in the next one in turn.
 */
record ImportFiles(List<Path> files, long rows) implements AutoCloseable {

  static ImportFiles write(Path directory, String name, int files, Stream<byte[]> rows) {
    List<Path> paths = new ArrayList<>();
    List<OutputStream> outputs = new ArrayList<>();
    long written = 0;
    try (rows) {
      for (int i = 0; i < files; i++) {
        paths.add(directory.resolve(name + "-" + i + ".ndjson"));
        outputs.add(new BufferedOutputStream(Files.newOutputStream(paths.get(i)), 1 << 16));
      }
      for (Iterator<byte[]> all = rows.iterator(); all.hasNext(); written++) {
        OutputStream output = outputs.get((int) (written % files));
        output.write(all.next());
        output.write('\n');
      }
      for (OutputStream output : outputs) {
        output.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Rows cannot be written to " + directory, e);
    }
    return new ImportFiles(List.copyOf(paths), written);
  }

  @Override
  public void close() {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("A file of rows cannot be deleted", e);
      }
    }
  }
}
