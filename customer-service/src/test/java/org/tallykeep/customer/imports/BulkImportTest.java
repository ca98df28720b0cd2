package org.tallykeep.customer.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tallykeep.platform.problem.Unavailable;

class BulkImportTest {

  record Inner(@Nullable String amount, @Nullable Integer units) {}

  record Row(@Nullable String name, @Nullable Inner inner, @Nullable List<Inner> lines) {}

  private final List<List<Row>> batches = new ArrayList<>();
  private final BulkImport<Row> bulk = new BulkImport<>(JsonRows.of(Row.class), this::take);

  private List<RowAnswer> take(List<Row> rows) {
    batches.add(List.copyOf(rows));
    return Collections.nCopies(rows.size(), new RowAnswer.Accepted());
  }

  @Test
  void rowsAreAnsweredInTheOrderOfTheirLinesWithTheBadOnesBetween() throws IOException {
    assertThat(answers("{\"name\":\"a\"}\n{\"nome\":\"b\"}\r\n\n{\"name\":\"c\"}"))
        .containsExactly(
            "{\"line\":1,\"status\":\"accepted\"}",
            "{\"line\":2,\"status\":\"refused\",\"code\":\"unknown-field\",\"field\":\"nome\","
                + "\"detail\":\"no such field here: remove it or correct its name\"}",
            "{\"line\":4,\"status\":\"accepted\"}",
            "{\"summary\":{\"rows\":3,\"accepted\":2,\"duplicate\":0,\"refused\":1,"
                + "\"conflict\":0}}");
    assertThat(batches).hasSize(1);
  }

  @Test
  void anEmptyBodyHasAnEmptySummary() throws IOException {
    assertThat(answers(""))
        .containsExactly(
            "{\"summary\":{\"rows\":0,\"accepted\":0,\"duplicate\":0,\"refused\":0,"
                + "\"conflict\":0}}");
  }

  @Test
  void rowsAreTakenAThousandAtATime() throws IOException {
    assertThat(answers("{\"name\":\"a\"}\n".repeat(2500))).hasSize(2501);
    assertThat(batches).extracting(List::size).containsExactly(1000, 1000, 500);
  }

  @Test
  void aBatchOfLongLinesEndsEarlier() throws IOException {
    String row = "{\"name\":\"" + "x".repeat(1_000_000) + "\"}\n";
    assertThat(answers(row.repeat(12))).hasSize(13);
    assertThat(batches).extracting(List::size).containsExactly(5, 5, 2);
  }

  @Test
  void aLineOfFiftyMegabytesEndsTheAnswersWithItsNumberAndIsNotHeld() throws IOException {
    InputStream body =
        new SequenceInputStream(stream("{\"name\":\"a\"}\n"), new Endless(50L << 20));
    List<String> answers = answers(body);
    assertThat(answers).hasSize(2);
    assertThat(answers.getFirst()).isEqualTo("{\"line\":1,\"status\":\"accepted\"}");
    assertThat(answers.getLast())
        .startsWith("{\"error\":{\"type\":\"urn:tallykeep:problem:line-too-long\"")
        .endsWith(",\"line\":2}}");
    assertThat(body.available()).as("the rest is left unread").isPositive();
  }

  @Test
  void aLineOfExactlyTheLimitIsRead() throws IOException {
    String longest = "{\"name\":\"" + "x".repeat(BulkImport.MAX_LINE - 11) + "\"}";
    assertThat(answers(longest + "\n")).first().asString().contains("accepted");
    assertThat(answers(" " + longest + "\n")).first().asString().contains("line-too-long");
  }

  @Test
  void gzipOfSeveralMembersIsReadToItsEnd() throws IOException {
    byte[] both = concat(gzip("{\"name\":\"a\"}\n{\"na"), gzip("me\":\"b\"}\n"));
    assertThat(answers(new Trickle(both))).hasSize(3).last().asString().contains("\"accepted\":2");
  }

  @Test
  void truncatedGzipKeepsTheRowsBeforeAndSaysWhereItBroke() throws IOException {
    byte[] whole = gzip("{\"name\":\"a\"}\n{\"name\":\"b\"}\n");
    for (int length = 1; length < whole.length; length++) {
      List<String> answers = answers(stream(Arrays.copyOf(whole, length)));
      assertThat(answers.getLast()).as("%d bytes", length).contains("gzip-broken", "truncated");
      assertThat(answers).noneMatch(answer -> answer.contains("refused"));
    }
  }

  @Test
  void damagedGzipAndRubbishBehindItAreNoticed() throws IOException {
    byte[] damaged = gzip("{\"name\":\"a\"}\n");
    damaged[damaged.length - 6] ^= 1;
    assertThat(answers(stream(damaged))).last().asString().contains("gzip-broken", "checksum");
    byte[] rubbish = concat(gzip("{\"name\":\"a\"}\n"), new byte[] {1, 2, 3});
    assertThat(answers(stream(rubbish))).last().asString().contains("gzip-broken");
  }

  @Test
  void aConnectionThatBreaksOffIsNotTakenForTheEnd() throws IOException {
    InputStream body =
        new SequenceInputStream(
            stream("{\"name\":\"a\"}\n{\"name\":\"b"),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThat(answers(body))
        .containsExactly(
            "{\"line\":1,\"status\":\"accepted\"}",
            "{\"error\":{\"type\":\"urn:tallykeep:problem:body-cut-off\","
                + "\"detail\":\"the connection ended before the body did\",\"line\":2}}");
  }

  @Test
  void aBatchThatCannotBeTakenEndsTheAnswersWithoutASummary() throws IOException {
    BulkImport<Row> failing =
        new BulkImport<>(
            JsonRows.of(Row.class),
            rows -> {
              throw new Unavailable("keys-unavailable", "try again", Duration.ofSeconds(1), null);
            });
    NeverClosed output = new NeverClosed();
    failing.run(stream("\n{\"name\":\"a\"}\n"), output);
    assertThat(output.bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"error\":{\"type\":\"urn:tallykeep:problem:keys-unavailable\","
                + "\"detail\":\"try again\",\"line\":2}}\n");
  }

  @Test
  void anUnforeseenFailureIsSaidWithoutItsCause() throws IOException {
    BulkImport<Row> failing =
        new BulkImport<>(
            JsonRows.of(Row.class),
            rows -> {
              throw new IllegalStateException("a bug");
            });
    NeverClosed output = new NeverClosed();
    failing.run(stream("{\"name\":\"a\"}\n"), output);
    assertThat(output.bytes.toString(StandardCharsets.UTF_8))
        .contains("internal-error")
        .doesNotContain("a bug");
  }

  private List<String> answers(String body) throws IOException {
    return answers(stream(body));
  }

  private List<String> answers(InputStream body) throws IOException {
    NeverClosed output = new NeverClosed();
    bulk.run(ImportBody.open(body), output);
    return output.bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static InputStream stream(String text) {
    return stream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static final class NeverClosed extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int octet) {
      bytes.write(octet);
    }

    @Override
    public void close() {
      throw new AssertionError("closed");
    }
  }

  /** A long line that exists nowhere as a whole. */
  private static final class Endless extends InputStream {
    private long left;

    Endless(long length) {
      left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int available() {
      return (int) Math.min(left, Integer.MAX_VALUE);
    }
  }

  /** Comes a byte at a time and never says that more is there, as a network may. */
  private static final class Trickle extends InputStream {
    private final byte[] bytes;
    private int at;

    Trickle(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return at < bytes.length ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int octet = read();
      if (octet < 0) {
        return -1;
      }
      target[offset] = (byte) octet;
      return 1;
    }
  }
}
