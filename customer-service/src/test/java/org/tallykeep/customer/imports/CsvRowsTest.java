package org.tallykeep.customer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.platform.Refusal;

class CsvRowsTest {

  record Got(@Nullable String key, List<String> values) {}

  private static final RowReader<Got> READER = JsonRows.of(Got.class);

  @Test
  void recordsOfOneKeyAreOneRowWithTheLineOfTheFirst() throws IOException {
    assertThat(read("key,value\na,1\na,2\nb,3\n"))
        .containsExactly("2 Got[key=a, values=[1, 2]]", "4 Got[key=b, values=[3]]");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theHeaderTellsTheSeparator(String separator) throws IOException {
    String file = "\ufeffkey,value\r\na,\"x,\"\"y\"\"\r\nz\"\r\n\r\nb,2";
    assertThat(read(file.replace(",", separator)))
        .containsExactly(
            "2 Got[key=a, values=[x" + separator + "\"y\"\r\nz]]", "5 Got[key=b, values=[2]]");
  }

  @Test
  void aColumnThatIsUnknownOrThereTwiceRefusesTheFile() {
    assertRefused("key,colour\n", "unknown-column", "There is no column colour here");
    assertRefused("key,ada@example.org\n", "unknown-column", "a name of 15 characters");
    assertRefused("key,key\n", "duplicate-column", "key");
    assertRefused("", "header-missing", "names the columns");
    assertRefused("\"key,value\na,1\n", "malformed-csv", "quotes do not fit");
  }

  @Test
  void aRecordThatCannotBeReadTakesNoNeighbourWithItWhoseRestMayBeLost() throws IOException {
    assertThat(read("key,value\na,1\nb,2,3\nc,4\nd,5\n"))
        .containsExactly(
            "2 beside-unreadable",
            "3 malformed-csv",
            "4 beside-unreadable",
            "5 Got[key=d, values=[5]]");
    assertThat(readSingle("key,value\na,1\nb,2,3\nc,4\n"))
        .containsExactly("2 Got[key=a, values=[1]]", "3 malformed-csv", "4 Got[key=c, values=[4]]");
  }

  @Test
  void textBehindAClosingQuoteAndInvalidUtf8RefuseTheRecord() throws IOException {
    assertThat(readSingle("key,value\na,\"1\"2\nb,2\n"))
        .containsExactly("2 malformed-csv", "3 Got[key=b, values=[2]]");
    byte[] file = "key,value\na,\u00e9\nb,2\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(rows(new Shape(false), file).texts())
        .containsExactly("2 invalid-utf8", "3 Got[key=b, values=[2]]");
  }

  @Test
  void aQuoteThatIsNotClosedBreaksTheStreamAtItsRecord() throws IOException {
    assertBroken("key,value\na,1\nb,\"2\nc,3\n", "quote-not-closed", 2, 3);
    assertBroken("key,value\na,1\nb,\"" + "x".repeat(2 << 20) + "\n", "line-too-long", 2, 3);
  }

  @Test
  void aRowOfMoreThanAMebibyteIsRefusedAndNotHeld() throws IOException {
    String record = "a," + "x".repeat(100_000) + "\n";
    assertThat(read("key,value\n" + record.repeat(40) + "b,1\n"))
        .containsExactly("2 too-long", "42 Got[key=b, values=[1]]");
  }

  @Test
  void skippingComesBehindTheRowsThatWereRead() throws IOException {
    byte[] file =
        "key,value\na,1\na,\"2\n\"\nb,3,4\nc,5\n\nd,6\ne,7".getBytes(StandardCharsets.UTF_8);
    for (boolean joins : new boolean[] {true, false}) {
      List<String> all = rows(new Shape(joins), file).texts();
      Opened first = rows(new Shape(joins), file);
      for (int taken = 0; taken < all.size(); taken++) {
        Rows.Row<Got> row = Objects.requireNonNull(first.rows.next());
        Opened second = rows(new Shape(joins), file);
        second.rows.skipTo(row.lastLine());
        assertThat(second.texts()).isEqualTo(all.subList(taken + 1, all.size()));
      }
    }
  }

  @FuzzTest(maxDuration = "30s")
  void anyBytesAreRowsOrRefusalsOrABreak(byte[] file) throws IOException {
    for (boolean joins : new boolean[] {true, false}) {
      try {
        rows(new Shape(joins), file).texts();
      } catch (Refusal.Invalid e) {
        assertThat(e.kind().name()).isEqualTo("columns-refused");
      } catch (BrokenStreamException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  private record Opened(Rows<Got> rows) {
    List<String> texts() throws IOException {
      List<String> texts = new ArrayList<>();
      Rows.Row<Got> row;
      while ((row = rows.next()) != null) {
        RowAnswer.Refused refused = row.refused();
        texts.add(row.line() + " " + (refused == null ? row.value() : refused.code()));
      }
      return texts;
    }
  }

  private static List<String> read(String file) throws IOException {
    return rows(new Shape(true), file.getBytes(StandardCharsets.UTF_8)).texts();
  }

  private static List<String> readSingle(String file) throws IOException {
    return rows(new Shape(false), file.getBytes(StandardCharsets.UTF_8)).texts();
  }

  private static Opened rows(CsvShape shape, byte[] file) throws IOException {
    return new Opened(RowFormat.csv(shape, READER).open(new ByteArrayInputStream(file)));
  }

  private static void assertRefused(String file, String code, String says) {
    Refusal.Invalid refused = catchThrowableOfType(Refusal.Invalid.class, () -> read(file));
    assertThat(refused.extras()).containsEntry("code", code);
    assertThat(refused.detail()).contains(says).doesNotContain("@");
  }

  /** Joined with what may follow, the row before the break is not taken either. */
  private static void assertBroken(String file, String code, long lineIfJoined, long line)
      throws IOException {
    for (boolean joins : new boolean[] {true, false}) {
      Opened opened = rows(new Shape(joins), file.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(opened::texts)
          .isInstanceOfSatisfying(
              BrokenStreamException.class, e -> assertThat(e.reason().code()).isEqualTo(code));
      assertThat(opened.rows.line()).isEqualTo(joins ? lineIfJoined : line);
    }
  }

  /** Rows of a key and the values of its neighbours. */
  record Shape(boolean joins) implements CsvShape {
    @Override
    public List<String> columns() {
      return List.of("key", "value");
    }

    @Override
    public boolean continues(CsvRecord before, CsvRecord record) {
      String key = record.get("key");
      return key != null && key.equals(before.get("key"));
    }

    @Override
    public ObjectNode json(List<CsvRecord> records) {
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      row.put("key", records.getFirst().get("key"));
      var values = row.putArray("values");
      records.forEach(record -> values.add(record.get("value")));
      return row;
    }
  }
}
