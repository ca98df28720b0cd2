package org.tallykeep.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Pins the payloads byte for byte: a change here is a new version of the format. */
class PayloadFormatTest {

  /*
   * 83                     array of 3
   *    01                  version
   *    82                  two days
   *       84 19 26 96  01  19 07 c7  00      1997-01-12 (9878): 1 order, 19.91, no discount
   *       84 19 26 97  02  00  39 01 f3      the next: 2 orders of zero, discount -5.00
   *    a0                  no properties
   */
  private static final String HISTORY = "83018284192696011907c7008419269702003901f3a0";

  /*
   * 84                     array of 4
   *    01                  version
   *    82                  two products
   *       83 62 "P1" f6 f6                   without category and department
   *       83 62 "P2" 61 "C" 61 "D"
   *    81                  one order
   *       83 50 (16 bytes) 19 26 96          its id and day
   *          82 83 01 03 19 07 c7            P2, 3 units, 19.91
   *             83 00 00 00                  P1, nothing
   *    a0                  no properties
   */
  private static final String BASKETS =
      "84018283625031f6f68362503261436144"
          + "8183500000000000000001000000000000000219269682830103"
          + "1907c783000000a0";

  /*
   * 85                     array of 5
   *    01                  version
   *    01                  a category
   *    61 "C"
   *    81 84 19 26 96 03 19 07 c7 01         3 units, 19.91, 1 buyer
   *    a0                  no properties
   */
  private static final String SERIES = "850101614381841926960319" + "07c701a0";

  private static final PurchaseHistory A_HISTORY =
      new PurchaseHistory(
          List.of(
              new PurchaseHistory.Day(9878, 1, 1991, 0), new PurchaseHistory.Day(9879, 2, 0, -500)),
          Traits.NONE);

  private static final BasketHistory BASKET_HISTORY =
      new BasketHistory(
          List.of(
              new BasketHistory.Order(
                  new UUID(1, 2),
                  9878,
                  List.of(
                      new BasketHistory.Line(new Product("P2", "C", "D"), 3, 1991),
                      new BasketHistory.Line(new Product("P1", null, null), 0, 0)))));

  private static final SalesSeries A_SERIES =
      new SalesSeries(
          SalesSeries.Level.CATEGORY, "C", List.of(new SalesSeries.Day(9878, 3, 1991, 1)));

  @Test
  void aPurchaseHistoryHasTheseBytes() {
    assertThat(hex(A_HISTORY.encode())).isEqualTo(HISTORY);
    assertThat(PurchaseHistory.decode(bytes(HISTORY))).isEqualTo(A_HISTORY);
  }

  @Test
  void aBasketHistoryHasTheseBytes() {
    assertThat(hex(BASKET_HISTORY.encode())).isEqualTo(BASKETS);
    assertThat(BasketHistory.decode(bytes(BASKETS))).isEqualTo(BASKET_HISTORY);
  }

  @Test
  void aSalesSeriesHasTheseBytes() {
    assertThat(hex(A_SERIES.encode())).isEqualTo(SERIES);
    assertThat(SalesSeries.decode(bytes(SERIES))).isEqualTo(A_SERIES);
  }

  /*
   * 83 01 80               no days
   *    a3                  map of 3
   *    67 "opening" f5
   *    6a "unprofiled" f5
   *    68 "segments"
   *       a2 61 "a" 61 "z", 61 "b" 60
   */
  @Test
  void traitsHaveTheseBytes() {
    PurchaseHistory history =
        PurchaseHistory.EMPTY.with(new Traits(true, true, Map.of("b", "", "a", "z")));
    String traits =
        "a3"
            + "676f70656e696e67f5"
            + "6a756e70726f66696c6564f5"
            + "687365676d656e7473"
            + "a26161617a616260";
    assertThat(hex(history.encode())).isEqualTo("830180" + traits);
    assertThat(PurchaseHistory.decode(bytes("830180" + traits))).isEqualTo(history);
  }

  @Test
  void propertiesOfLaterVersionsArePassedOver() {
    String properties = "a16770726f66696c65a16161820102";
    assertThat(PurchaseHistory.decode(bytes("830180" + properties)))
        .isEqualTo(PurchaseHistory.EMPTY);
  }

  @Test
  void everyShorterLongerOrOtherVersionIsRefused() {
    byte[] whole = A_HISTORY.encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> PurchaseHistory.decode(cut))
          .as("%d bytes", length)
          .isInstanceOf(AggregateFormatException.class);
    }
    refused(HISTORY + "00");
    refused("830280a0");
    refused("830180f6");
    refused("8301808001");
  }

  @Test
  void daysThatDoNotAscendAreRefused() {
    refused("83018284192697010000" + "84192697010000a0");
    refused("83018284192697010000" + "84192696010000a0");
  }

  @Test
  void numbersThatAreNoneOrTooLargeAreRefused() {
    refused("8301818461310100" + "00a0");
    refused("830181841b0000000100000000010000a0");
    refused("83018184192696200000a0");
    refused("8301818419269601" + "c249010000000000000000" + "00a0");
  }

  @Test
  void whatAPayloadSaysOfItselfHoldsNothing() {
    assertThat(A_HISTORY + " " + BASKET_HISTORY + " " + A_SERIES + A_SERIES.days())
        .doesNotContain("1991", "P1", "9878", "\"C\"");
  }

  @FuzzTest
  void anyBytesAreAPayloadOrRefused(byte[] data) {
    try {
      PurchaseHistory history = PurchaseHistory.decode(data);
      assertThat(PurchaseHistory.decode(history.encode())).isEqualTo(history);
    } catch (AggregateFormatException e) {
      assertThat(e).isNotNull();
    }
    try {
      BasketHistory history = BasketHistory.decode(data);
      assertThat(BasketHistory.decode(history.encode())).isEqualTo(history);
    } catch (AggregateFormatException e) {
      assertThat(e).isNotNull();
    }
    try {
      SalesSeries series = SalesSeries.decode(data);
      assertThat(SalesSeries.decode(series.encode())).isEqualTo(series);
    } catch (AggregateFormatException e) {
      assertThat(e).isNotNull();
    }
  }

  private static void refused(String hex) {
    assertThatThrownBy(() -> PurchaseHistory.decode(bytes(hex)))
        .as(hex)
        .isInstanceOf(AggregateFormatException.class);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
