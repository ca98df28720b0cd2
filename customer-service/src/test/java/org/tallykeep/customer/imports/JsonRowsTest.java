package org.tallykeep.customer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallykeep.customer.imports.BulkImportTest.Row;

class JsonRowsTest {

  private static final JsonRows<Row> ROWS = JsonRows.of(Row.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      nullValues = "-",
      value = {
        "{\"nome\":1}|unknown-field|nome",
        "{\"inner\":{\"x\":1}}|unknown-field|inner.x",
        "{\"lines\":[{},{\"ada@example.org\":1}]}|unknown-field|lines[1].(a name of 15 characters)",
        "{\"name\":\"a\",\"name\":\"a\"}|duplicate-field|-",
        "{\"inner\":{\"units\":1,\"units\":1}}|duplicate-field|inner",
        "{\"inner\":{\"amount\":1.99}}|wrong-type|inner.amount",
        "{\"inner\":{\"amount\":true}}|wrong-type|inner.amount",
        "{\"inner\":{\"units\":\"1\"}}|wrong-type|inner.units",
        "{\"inner\":{\"units\":1.5}}|wrong-type|inner.units",
        "{\"inner\":{\"units\":99999999999}}|wrong-type|inner.units",
        "{\"inner\":[]}|wrong-type|inner",
        "{\"lines\":{}}|wrong-type|lines",
        "{\"lines\":[[]]}|wrong-type|lines[0]",
        "[]|malformed-json|-",
        "\"a\"|malformed-json|-",
        "null|malformed-json|-",
        "{\"name\":\"a\"} {}|malformed-json|-",
        "{\"name\":\"a\"|malformed-json|-",
        "{'name':1}|malformed-json|-",
        "x|malformed-json|-",
      })
  void whatIsNotARowIsRefusedWithItsField(String line, String code, String field) {
    RowRefusedException refused = refusal(line.getBytes(StandardCharsets.UTF_8));
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.field()).isEqualTo(field);
  }

  @Test
  void invalidUtf8IsRefusedAndNotReplaced() {
    byte[] overlong = {
      '{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xc0, (byte) 0x80, '"', '}'
    };
    assertThat(refusal(overlong).code()).isEqualTo("invalid-utf8");
    byte[] cut = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xc3, '"', '}'};
    assertThat(refusal(cut).code()).isEqualTo("invalid-utf8");
  }

  @Test
  void aBombOfBracketsIsRefused() {
    String bomb = "{\"inner\":" + "[".repeat(100_000);
    assertThat(refusal(bomb.getBytes(StandardCharsets.UTF_8)).code())
        .isIn("malformed-json", "wrong-type");
  }

  @Test
  void whatIsSaidHoldsNoValueOfTheRow() {
    RowRefusedException refused =
        refusal("{\"inner\":{\"units\":\"Lovelace\"}}".getBytes(StandardCharsets.UTF_8));
    assertThat(refused.detail() + refused.code() + refused.field()).doesNotContain("Lovelace");
  }

  @FuzzTest
  void anyBytesAreARowOrARefusal(byte[] line) {
    try {
      assertThat(ROWS.read(line)).isNotNull();
    } catch (RowRefusedException e) {
      assertThat(e.code()).isNotBlank();
    }
  }

  private static RowRefusedException refusal(byte[] line) {
    RowRefusedException refused =
        catchThrowableOfType(RowRefusedException.class, () -> ROWS.read(line));
    assertThat(refused).isNotNull();
    return refused;
  }
}
