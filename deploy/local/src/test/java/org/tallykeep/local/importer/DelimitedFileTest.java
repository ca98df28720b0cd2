package org.tallykeep.local.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.local.CommandFailure;

final class DelimitedFileTest {

  @TempDir private Path folder;

  @Test
  void quotedFieldsMayHoldDelimitersQuotesAndLineEnds() throws IOException {
    Path file = write("a,b\r\n\"1,5\",\"say \"\"hi\"\"\r\nthere\"\r\n5\" pipe,x\n");

    assertThat(read(file)).containsExactly("2:[1,5, say \"hi\"\r\nthere]", "4:[5\" pipe, x]");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
    Path file = write("\uFEFFa,b\n1,2\n");

    assertThat(new DelimitedFile(file, FileFormat.CSV).columns().place("a", "x")).isZero();
    assertThat(read(file)).containsExactly("2:[1, 2]");
  }

  @Test
  void invalidUtf8RefusesItsRowAlone() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("a,b\n1,2\n3,".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xE9);
    bytes.writeBytes("\n5,6\n".getBytes(StandardCharsets.UTF_8));
    Path file = Files.write(folder.resolve("rows.csv"), bytes.toByteArray());

    assertThat(read(file)).containsExactly("2:[1, 2]", "3:invalid-utf8", "4:[5, 6]");
  }

  @Test
  void aLineOfFiftyMegabytesRefusesItsRowAloneAndTakesNoMemory() throws IOException {
    Path file = folder.resolve("rows.csv");
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'x');
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 50; i++) {
        out.write(block);
      }
      out.write("\n5,6\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(read(file)).containsExactly("2:[1, 2]", "3:line-too-long", "4:[5, 6]");
  }

  @Test
  void aQuoteThatNeverClosesEndsAtTheLimit() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n\"1,2\n");
    for (int i = 0; i < 200_000; i++) {
      text.append("3,4567\n");
    }
    Path file = write(text.toString());

    List<String> rows = read(file);

    assertThat(rows.getFirst()).isEqualTo("2:line-too-long");
    assertThat(rows.getLast()).isEqualTo("200002:[3, 4567]");
  }

  @Test
  void aTruncatedGzipIsRefusedWithoutLosingAnything() throws IOException {
    Path whole = Mapped.gzip(folder.resolve("rows.csv.gz"), "a,b\n" + "1,2\n".repeat(50_000));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(whole, Arrays.copyOf(bytes, bytes.length - 20));

    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> read(whole))
        .withMessageContaining("rows.csv.gz ends in the middle of its compressed data")
        .withMessageContaining("truncated");
  }

  @Test
  void aDamagedGzipIsRefused() throws IOException {
    Path whole = Mapped.gzip(folder.resolve("rows.csv.gz"), "a,b\n" + "1,2\n".repeat(50_000));
    byte[] bytes = Files.readAllBytes(whole);
    bytes[bytes.length - 6] ^= 1;
    Files.write(whole, bytes);

    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> read(whole))
        .withMessageContaining("damaged");
  }

  @Test
  void bothMembersOfAGzipAreRead() throws IOException {
    Path first = Mapped.gzip(folder.resolve("first.gz"), "a,b\n1,2\n");
    Path second = Mapped.gzip(folder.resolve("second.gz"), "3,4\n");
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(Files.readAllBytes(first));
    both.writeBytes(Files.readAllBytes(second));
    Path file = Files.write(folder.resolve("rows.csv.gz"), both.toByteArray());

    assertThat(read(file)).containsExactly("2:[1, 2]", "3:[3, 4]");
  }

  @Test
  void archivesAndOtherEncodingsAreNamed() throws IOException {
    Path zip = Files.writeString(folder.resolve("rows.zip"), "PK\u0003\u0004 and so on");
    Path wide = Files.write(folder.resolve("wide.csv"), "a,b\n".getBytes(StandardCharsets.UTF_16));

    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> read(zip))
        .withMessageContaining("ZIP");
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> read(wide))
        .withMessageContaining("UTF-16");
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> read(folder.resolve("nowhere.csv")))
        .withMessageContaining("there is no file");
  }

  @Test
  void aColumnThatIsNotThereIsAnsweredWithThoseThatAre() throws IOException {
    Path file = write("order,buyer,paid\n1,2,3\n");
    ColumnMapping mapping = Mappings.find("complete-journey");

    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> Mapped.of(file, mapping))
        .withMessage(
            "rows.csv has no column basket_id (purchase.id). Its columns are: order, buyer, paid");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private static List<String> read(Path path) {
    List<String> rows = new ArrayList<>();
    DelimitedFile file = new DelimitedFile(path, FileFormat.CSV);
    file.read(
        file.columns().count(),
        new DelimitedFile.Rows() {
          @Override
          public void row(long line, String[] fields) {
            rows.add(line + ":" + Arrays.toString(fields));
          }

          @Override
          public void refused(long line, RowRefusal refusal) {
            rows.add(line + ":" + refusal.code());
          }
        });
    return rows;
  }
}
