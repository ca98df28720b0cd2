package org.tallykeep.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.parts.Database;

class ImportFilesTest {

  @TempDir private Path directory;

  private ImportFiles three() {
    return ImportFiles.write(
        directory,
        "rows",
        2,
        Stream.of("{\"a\":1}", "{\"b\":2}", "{\"c\":\"ä\"}")
            .map(row -> row.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void rowsAreSpreadInTurnAndGoneAfterwards() throws IOException {
    try (ImportFiles files = three()) {
      assertThat(files.rows()).isEqualTo(3);
      assertThat(Files.readAllLines(files.files().getFirst()))
          .containsExactly("{\"a\":1}", "{\"c\":\"ä\"}");
      assertThat(Files.readAllLines(files.files().getLast())).containsExactly("{\"b\":2}");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void copiedRowsAreAsLongAsTheirJson() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Database none = new Database("jdbc:postgresql://nowhere/none", "nobody", "none");
    try (ImportFiles files = three()) {
      new PlainCopy(none).write(new DataOutputStream(bytes), files);
    }
    DataInputStream copied =
        new DataInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray()));
    assertThat(copied.readNBytes(11))
        .isEqualTo("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
    copied.skipNBytes(8);
    List<String> payloads = new ArrayList<>();
    for (short columns = copied.readShort(); columns >= 0; columns = copied.readShort()) {
      assertThat(columns).isEqualTo((short) 4);
      assertThat(column(copied)).hasSize(4);
      assertThat(column(copied)).hasSize(16);
      assertThat(column(copied)).hasSize(16);
      payloads.add(new String(column(copied), StandardCharsets.UTF_8));
    }
    assertThat(payloads).containsExactly("{\"a\":1}", "{\"c\":\"ä\"}", "{\"b\":2}");
    assertThat(copied.read()).isEqualTo(-1);
  }

  private static byte[] column(DataInputStream copied) throws IOException {
    return ((InputStream) copied).readNBytes(copied.readInt());
  }

  @Test
  void answersTellIdsAndTheLastLineWhatWasTaken() throws IOException {
    List<String> ids = new ArrayList<>();
    ImportLoad.idOf(
        "{\"line\":1,\"status\":\"created\",\"id\":\"6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11\"}",
        ids::add);
    ImportLoad.idOf("{\"line\":2,\"status\":\"refused\",\"code\":\"malformed-json\"}", ids::add);
    assertThat(ids).containsExactly("6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11");
    assertThat(ImportLoad.accepted("{\"summary\":{\"rows\":3,\"accepted\":2,\"refused\":1}}"))
        .isEqualTo(2);
    assertThatThrownBy(() -> ImportLoad.accepted("{\"error\":{\"line\":3}}"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("without a summary");
  }
}
