package org.tallykeep.local.bench;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.parts.Database;

/**
 * The same rows by PostgreSQL's own COPY, into a table like that of purchases with the same
 * indexes: what storing them costs without seals, tags, a queue and answers.
 */
final class PlainCopy {

  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final short COLUMNS = 4;

  private final Database database;
  private final SplittableRandom random = new SplittableRandom(42);

  PlainCopy(Database database) {
    this.database = database;
  }

  /** Seconds for all rows. */
  double seconds(ImportFiles files) {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE bench_plain (
              partition integer NOT NULL, id uuid NOT NULL, purchaser_id uuid NOT NULL,
              payload bytea NOT NULL, PRIMARY KEY (partition, id));
          CREATE INDEX ON bench_plain (purchaser_id);
          ALTER TABLE bench_plain ALTER COLUMN payload SET STORAGE EXTERNAL
          """);
      long began = System.nanoTime();
      try (PGCopyOutputStream copy =
              new PGCopyOutputStream(
                  connection.unwrap(PGConnection.class),
                  "COPY bench_plain FROM STDIN (FORMAT binary)",
                  1 << 16);
          DataOutputStream output = new DataOutputStream(copy)) {
        write(output, files);
      }
      return (System.nanoTime() - began) / 1e9;
    } catch (SQLException | IOException e) {
      throw new CommandFailure("COPY failed: " + e.getMessage(), e);
    }
  }

  void write(DataOutputStream output, ImportFiles files) throws IOException {
    output.write(SIGNATURE);
    output.writeInt(0);
    output.writeInt(0);
    for (Path file : files.files()) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          row(output, line.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    output.writeShort(-1);
  }

  private void row(DataOutputStream output, byte[] payload) throws IOException {
    output.writeShort(COLUMNS);
    output.writeInt(Integer.BYTES);
    output.writeInt(1);
    id(output, new UUID(random.nextLong(), random.nextLong()));
    // As many buyers as there would be, in no order.
    id(output, new UUID(0, random.nextInt(1 << 15)));
    output.writeInt(payload.length);
    output.write(payload);
  }

  private static void id(DataOutputStream output, UUID id) throws IOException {
    output.writeInt(2 * Long.BYTES);
    output.writeLong(id.getMostSignificantBits());
    output.writeLong(id.getLeastSignificantBits());
  }
}
