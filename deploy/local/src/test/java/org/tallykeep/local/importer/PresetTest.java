package org.tallykeep.local.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.local.importer.PurchaseEvent.When;

/** The two presets on small files of the same shape, their untidiness included. */
final class PresetTest {

  private static final String BASKETS =
      "household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,"
          + "coupon_match_disc,week,transaction_timestamp\n";

  @TempDir private Path folder;

  @Test
  void cdnowRowsOfACustomerOnOneDayAreSeveralPurchases() throws IOException {
    Path file = folder.resolve("rows.txt");
    Files.writeString(
        file,
        " 00011 0001 19970101  2   29.33\r\n"
            + " 00011 0001 19970101  1   14.96\r\n"
            + " 00011 0001 19970118  3   29.73\r\n"
            + "\r\n"
            + " 00012 0002 19970101  1    0.00\r\n");

    Mapped mapped = Mapped.of(file, Mappings.find("cdnow"));

    assertThat(mapped.refused()).isEmpty();
    assertThat(mapped.purchases())
        .extracting(PurchaseEvent::eventId)
        .containsExactly(
            "0001-19970101-1", "0001-19970101-2", "0001-19970118-1", "0002-19970101-1");
    assertThat(new String(mapped.purchases().getFirst().json(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"eventId\":\"0001-19970101-1\",\"externalId\":\"0001\",\"day\":\"1997-01-01\","
                + "\"lines\":[{\"product\":\"CD\",\"category\":\"Music\",\"units\":2,"
                + "\"amount\":\"29.33\"}]}");
  }

  @Test
  void completeJourneyRowsOfABasketAreOnePurchaseAlsoWhenOthersStandBetween() throws IOException {
    Mapped.gzip(
        folder.resolve("products.csv.gz"),
        "product_id,manufacturer_id,department,brand,product_category,product_type,package_size\n"
            + "11,1,GROCERY,National,\"CHEESE, HARD\",X,\n"
            + "12,1,FUEL,National,,X,\n");
    Path file =
        Mapped.gzip(
            folder.resolve("rows.csv.gz"),
            BASKETS
                + "7,330,501,11,1,0.5,0.1,0.2,0.05,1,2017-01-01 11:53:26\n"
                + "8,330,502,12,89638,61.20,0.0,0.0,0.0,1,2017-01-01 23:59:59\n"
                + "7,330,501,99,0,4.440892e-16,0.0,1.0,0.0,1,2017-01-01 11:53:26\n");

    Mapped mapped = Mapped.of(file, Mappings.find("complete-journey"));

    assertThat(mapped.refused()).isEmpty();
    assertThat(mapped.purchases()).extracting(PurchaseEvent::eventId).containsExactly("502", "501");
    PurchaseEvent basket = mapped.purchases().getLast();
    assertThat(basket.externalId()).isEqualTo("7");
    assertThat(basket.when()).isEqualTo(new When.At(Instant.parse("2017-01-01T11:53:26Z")));
    assertThat(basket.fileLines()).containsExactly(2, 4);
    assertThat(new String(basket.json(), StandardCharsets.UTF_8))
        .contains(
            "{\"product\":\"11\",\"category\":\"CHEESE, HARD\",\"department\":\"GROCERY\","
                + "\"units\":1,\"amount\":\"0.50\",\"discount\":\"0.35\"}",
            "{\"product\":\"99\",\"units\":0,\"amount\":\"0.00\",\"discount\":\"1.00\"}");
    assertThat(mapped.purchases().getFirst().lines().getFirst().category()).isNull();
    assertThat(mapped.purchases().getFirst().lines().getFirst().units()).isEqualTo(89_638);
  }

  @Test
  void aPurchaseWithOneRowRefusedIsNotSentWithoutIt() throws IOException {
    Path file = folder.resolve("rows.csv");
    Files.writeString(
        file,
        BASKETS
            + "7,330,501,11,1,0.5,0,0,0,1,2017-01-01 11:53:26\n"
            + "7,330,501,12,1,-3,0,0,0,1,2017-01-01 11:53:26\n"
            + "8,330,502,11,1,0.5,0,0,0,1,2017-01-01 11:53:26\n");

    Mapped mapped = Mapped.of(file, Mappings.find("complete-journey"));

    assertThat(mapped.purchases()).extracting(PurchaseEvent::eventId).containsExactly("502");
    assertThat(mapped.codes()).isEqualTo(Map.of(2L, "purchase-incomplete", 3L, "negative-amount"));
    assertThat(mapped.refused().get(2L))
        .hasToString(
            "RowRefusal[code=purchase-incomplete, detail=line 3 of its purchase was refused]");
  }

  @Test
  void aPurchaseBesideAnUnreadableRowIsNotSentWithoutIt() throws IOException {
    Path file = folder.resolve("rows.csv");
    Files.writeString(
        file,
        BASKETS
            + "7,330,501,11,1,0.5,0,0,0,1,2017-01-01 11:53:26\n"
            + "8,330,502,11,1,0.5,0,0,0,1,2017-01-01 11:53:26\n"
            + "8,330,502,11,1\n"
            + "8,330,503,11,1,0.5,0,0,0,1,2017-01-01 11:53:26\n");

    Mapped mapped = Mapped.of(file, Mappings.find("complete-journey"));

    assertThat(mapped.purchases()).extracting(PurchaseEvent::eventId).containsExactly("501");
    assertThat(mapped.codes())
        .isEqualTo(
            Map.of(
                3L, "purchase-incomplete",
                4L, "wrong-number-of-columns",
                5L, "purchase-incomplete"));
  }

  @Test
  void twoCustomersOfOnePurchaseAreRefused() throws IOException {
    Path file = folder.resolve("rows.csv");
    Files.writeString(
        file,
        BASKETS
            + "7,330,501,11,1,0.5,0,0,0,1,2017-01-01 11:53:26\n"
            + "8,330,501,11,1,0.5,0,0,0,1,2017-01-01 11:53:26\n");

    Mapped mapped = Mapped.of(file, Mappings.find("complete-journey"));

    assertThat(mapped.purchases()).isEmpty();
    assertThat(mapped.codes()).isEqualTo(Map.of(2L, "purchase-incomplete", 3L, "two-customers"));
  }

  @Test
  void badDatesAndAmountsAreRefusedRowByRowAndTheOthersAreTaken() throws IOException {
    Path file = folder.resolve("rows.txt");
    Files.writeString(
        file,
        String.join(
            "\n",
            List.of(
                "1 0001 19000101 1 10.00",
                "1 0001 21000101 1 10.00",
                "1 0001 19970230 1 10.00",
                "1 0001 1997-01-01 1 10.00",
                "1 0001 19970101 1 -10.00",
                "1 0001 19970101 1 99999999999",
                "1 0001 19970101 1 1e999999999",
                "1 0001 19970101 1 10,00",
                "1 0001 19970101 1 10.001",
                "1 0001 19970101 -1 10.00",
                "1 0001 19970101 1.5 10.00",
                "1 0001 19970101 1",
                "1 0001 19970101 1 10.00",
                "1 0001 20260616 1 10.00",
                "1 0001 20260617 1 10.00")));

    Mapped mapped = Mapped.of(file, Mappings.find("cdnow"));

    assertThat(mapped.purchases())
        .extracting(PurchaseEvent::when)
        .containsExactly(
            new When.On(LocalDate.of(1997, 1, 1)), new When.On(LocalDate.of(2026, 6, 16)));
    assertThat(mapped.codes().values())
        .containsExactly(
            "date-too-early",
            "date-in-the-future",
            "not-a-date",
            "not-a-date",
            "negative-amount",
            "absurd-amount",
            "absurd-amount",
            "not-a-number",
            "amount-too-fine",
            "negative-units",
            "broken-units",
            "wrong-number-of-columns",
            "date-in-the-future");
    assertThat(mapped.refused().values())
        .allSatisfy(r -> assertThat(r.detail()).doesNotContain("0001", "10.00", "10,00", "99999"));
  }
}
