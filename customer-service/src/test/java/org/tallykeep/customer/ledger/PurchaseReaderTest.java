package org.tallykeep.customer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.aggregates.AggregateFormatException;
import org.tallykeep.aggregates.Product;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.customer.platform.TestRetailer;
import org.tallykeep.customer.purchaser.Buyer;

class PurchaseReaderTest {

  /** Noon of 2026-05-05 in New York. */
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-05-05T16:00:00Z"), ZoneOffset.UTC);

  private static final String LINE = "{\"product\":\"P1\",\"units\":1,\"amount\":\"1.99\"}";
  private final PurchaseReader reader = reader("USD");

  private static PurchaseReader reader(String currency) {
    return new PurchaseReader(
        new PurchaseChecks(new TestRetailer(ZoneId.of("America/New_York"), currency, "US"), NOW));
  }

  @Test
  void aPurchaseIsReadInMinorUnitsAndItsDayIsTheRetailers() {
    Purchase purchase =
        read(
            """
            {"eventId":"b-1","externalId":"h-17","at":"2017-01-02T04:59:59Z","currency":"USD",
             "note":"gift","lines":[{"product":"P1","category":"C","units":2,"amount":"1.9",
             "discount":"0.10"},{"product":"P2","department":"D","units":0,"amount":"0"}]}
            """);
    assertThat(purchase.eventId()).isEqualTo("b-1");
    assertThat(purchase.buyer()).isEqualTo(new Buyer.ByExternalId("h-17"));
    assertThat(LocalDate.ofEpochDay(purchase.epochDay())).isEqualTo("2017-01-01");
    assertThat(purchase.second()).isEqualTo(1483333199L);
    assertThat(purchase.note()).isEqualTo("gift");
    assertThat(purchase.lines())
        .containsExactly(
            new PurchaseLine(new Product("P1", "C", null), 2, 190, 10),
            new PurchaseLine(new Product("P2", null, "D"), 0, 0, 0));
  }

  @Test
  void aCurrencyWithoutDecimalsHasNone() {
    String yen =
        "{\"eventId\":\"b\",\"externalId\":\"h\",\"day\":\"2017-01-01\",\"lines\":["
            + "{\"product\":\"P\",\"units\":1,\"amount\":\"%s\"}]}";
    assertThat(reader("JPY").read(bytes(yen.formatted("199"))).lines().getFirst().amountMinor())
        .isEqualTo(199);
    assertThat(
            catchThrowableOfType(
                    RowRefusedException.class,
                    () -> reader("JPY").read(bytes(yen.formatted("1.9"))))
                .code())
        .isEqualTo("too-many-decimals");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01", "2026-05-05", "2026-05-06"})
  void aDayFromTheFirstToTomorrowIsTaken(String day) {
    assertThat(read(purchase("\"day\":\"" + day + "\"", LINE)).epochDay())
        .isEqualTo((int) LocalDate.parse(day).toEpochDay());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "\"day\":\"1969-12-31\"|day-out-of-range|day",
        "\"day\":\"1900-01-01\"|day-out-of-range|day",
        "\"day\":\"2100-01-01\"|day-out-of-range|day",
        "\"day\":\"2026-05-07\"|day-out-of-range|day",
        "\"at\":\"2026-05-07T04:00:00Z\"|day-out-of-range|at",
        "\"at\":\"+999999999-01-01T00:00:00Z\"|day-out-of-range|at",
        "\"day\":\"2017-02-30\"|malformed-day|day",
        "\"day\":\"01/02/2017\"|malformed-day|day",
        "\"at\":\"2017-01-01T11:53:26\"|malformed-time|at",
        "\"at\":\"2017-01-01T00:00:00Z\",\"day\":\"2017-01-01\"|missing|day",
        "\"note\":\"x\"|missing|day",
        "\"day\":\"2017-01-01\",\"customerId\":\"3f2b8c1e-0000-4000-8000-000000000000\"|missing|externalId",
        "\"day\":\"2017-01-01\",\"currency\":\"EUR\"|other-currency|currency",
        "\"day\":\"2017-01-01\",\"note\":\"pay 4111-1111 1111 1111\"|card-number|note",
        "\"day\":\"2017-01-01\",\"note\":\"\\ud83d\"|malformed-text|note",
        "\"day\":\"2017-01-01\",\"price\":1|unknown-field|price",
      })
  void whatIsWrongWithThePurchaseIsNamed(String fields, String code, String field) {
    refused(purchase(fields, LINE), code, field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "{\"units\":1,\"amount\":\"1\"}|missing|lines[0].product",
        "{\"product\":\" \",\"units\":1,\"amount\":\"1\"}|missing|lines[0].product",
        "{\"product\":\"a\\u0000\",\"units\":1,\"amount\":\"1\"}|malformed-text|lines[0].product",
        "{\"product\":\"a\\n\",\"units\":1,\"amount\":\"1\"}|control-character|lines[0].product",
        "{\"product\":\"P\",\"amount\":\"1\"}|missing|lines[0].units",
        "{\"product\":\"P\",\"units\":-1,\"amount\":\"1\"}|units-out-of-range|lines[0].units",
        "{\"product\":\"P\",\"units\":1000001,\"amount\":\"1\"}|units-out-of-range|lines[0].units",
        "{\"product\":\"P\",\"units\":1.5,\"amount\":\"1\"}|wrong-type|lines[0].units",
        "{\"product\":\"P\",\"units\":1}|missing|lines[0].amount",
        "{\"product\":\"P\",\"units\":1,\"amount\":1.99}|wrong-type|lines[0].amount",
        "{\"product\":\"P\",\"units\":1,\"amount\":\"-0.01\"}|negative-amount|lines[0].amount",
        "{\"product\":\"P\",\"units\":1,\"amount\":\"1,99\"}|malformed-amount|lines[0].amount",
        "{\"product\":\"P\",\"units\":1,\"amount\":\"1e3\"}|malformed-amount|lines[0].amount",
        "{\"product\":\"P\",\"units\":1,\"amount\":\"NaN\"}|malformed-amount|lines[0].amount",
        "{\"product\":\"P\",\"units\":1,\"amount\":\"1.999\"}|too-many-decimals|lines[0].amount",
        "{\"product\":\"P\",\"units\":1,\"amount\":\"10000000.01\"}|absurd-amount|lines[0].amount",
        "{\"product\":\"P\",\"units\":1,\"amount\":\"99999999999999999999\"}|absurd-amount|lines[0].amount",
        "{\"product\":\"P\",\"units\":1,\"amount\":\"1\",\"discount\":\"-1\"}|negative-amount|lines[0].discount",
        "null|missing|lines[0]",
      })
  void whatIsWrongWithALineIsNamed(String line, String code, String field) {
    refused(purchase("\"day\":\"2017-01-01\"", line), code, field);
  }

  @Test
  void theLargestAmountAndAThousandLinesAreTakenAndNoMore() {
    String largest = LINE.replace("1.99", "10000000.00");
    String thousand = largest + ("," + largest).repeat(999);
    assertThat(read(purchase("\"day\":\"2017-01-01\"", thousand)).lines()).hasSize(1000);
    refused(purchase("\"day\":\"2017-01-01\"", thousand + "," + LINE), "too-many-lines", "lines");
    refused(purchase("\"day\":\"2017-01-01\"", ""), "missing", "lines");
  }

  @Test
  void aProductCodeThatLooksLikeACardIsTaken() {
    String line = LINE.replace("P1", "4111111111111111");
    assertThat(read(purchase("\"day\":\"2017-01-01\"", line)).lines()).hasSize(1);
  }

  /*
   * 89 01 00 50 (16 bytes) 61 "b" 19 430f f6 f6 81 86 61 "P" 61 "C" f6 02 18 c7 00 a0
   * version, purchase, pseudonym, event id, day, no second, no note, one line, no properties
   */
  @Test
  void thePayloadHasTheseBytes() {
    Purchase purchase =
        read(
            "{\"eventId\":\"b\",\"externalId\":\"h\",\"day\":\"2017-01-01\",\"lines\":["
                + "{\"product\":\"P\",\"category\":\"C\",\"units\":2,\"amount\":\"1.99\"}]}");
    byte[] payload = PurchaseCodec.encode(purchase, new UUID(1, 2));
    assertThat(HexFormat.of().formatHex(payload))
        .isEqualTo(
            "8901005000000000000000010000000000000002616219430ff6f6818661506143f60218c700a0");
    LedgerPurchase read = PurchaseCodec.decode(new UUID(3, 4), payload);
    assertThat(read)
        .isEqualTo(
            new LedgerPurchase(new UUID(3, 4), new UUID(1, 2), 17167, false, purchase.lines()));
  }

  @Test
  void aReturnThatCorrectsAnEventHasTheseBytes() {
    Purchase purchase =
        read(
            "{\"eventId\":\"c\",\"type\":\"return\",\"corrects\":\"b\",\"externalId\":\"h\","
                + "\"day\":\"2017-01-01\",\"lines\":["
                + "{\"product\":\"P\",\"units\":1,\"amount\":\"0\"}]}");
    byte[] payload = PurchaseCodec.encode(purchase, new UUID(1, 2));
    // As above with kind 1, event c, other lines, and one property: a1 68 "corrects" 61 "b".
    assertThat(HexFormat.of().formatHex(payload))
        .isEqualTo(
            "8901015000000000000000010000000000000002616319430ff6f681866150f6f6010000"
                + "a168636f72726563747361"
                + "62");
    assertThat(PurchaseCodec.decode(new UUID(3, 4), payload).isReturn()).isTrue();
    assertThat(PurchaseCodec.corrects(payload)).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "\"type\":\"refund\"|unknown-type|type",
        "\"corrects\":\"b-1\"|corrects-itself|corrects",
        "\"corrects\":\" \"|missing|corrects",
      })
  void whatIsNoReturnOrCorrectionIsNamed(String fields, String code, String field) {
    refused(purchase("\"day\":\"2017-01-01\"," + fields, LINE), code, field);
  }

  @Test
  void aReturnGivesSomethingBackAndOnlyACorrectionHasNoLines() {
    String day = "\"day\":\"2017-01-01\"";
    String nothing = "{\"product\":\"P1\",\"units\":0,\"amount\":\"1.99\"}";
    refused(
        purchase(day + ",\"type\":\"return\"", nothing), "units-out-of-range", "lines[0].units");
    refused(purchase(day + ",\"type\":\"return\",\"corrects\":\"a\"", ""), "missing", "lines");
    refused(purchase(day, ""), "missing", "lines");
    assertThat(read(purchase(day + ",\"corrects\":\"a\"", "")).lines()).isEmpty();
  }

  @Test
  void nothingSaysWhoBoughtWhat() {
    Purchase purchase = read(purchase("\"day\":\"2017-01-01\",\"note\":\"Lovelace\"", LINE));
    assertThat(purchase.toString() + purchase.lines() + purchase.buyer())
        .doesNotContain("Lovelace", "P1", "199", "h-17");
  }

  @FuzzTest
  void anyBytesAreAPurchaseOrARefusal(byte[] data) {
    try {
      Purchase purchase = reader.read(data);
      assertThat(purchase.lines().isEmpty()).isIn(false, purchase.corrects() != null);
    } catch (RowRefusedException e) {
      assertThat(e.code()).isNotBlank();
    }
    try {
      assertThat(PurchaseCodec.decode(new UUID(1, 2), data).purchaserId()).isNotNull();
    } catch (AggregateFormatException e) {
      assertThat(e).isNotNull();
    }
  }

  private static String purchase(String fields, String lines) {
    return "{\"eventId\":\"b-1\",\"externalId\":\"h-17\",%s,\"lines\":[%s]}"
        .formatted(fields, lines);
  }

  private Purchase read(String json) {
    return reader.read(bytes(json));
  }

  private void refused(String json, String code, String field) {
    RowRefusedException refused = catchThrowableOfType(RowRefusedException.class, () -> read(json));
    assertThat(refused).as(json).isNotNull();
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.field()).isEqualTo(field);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
