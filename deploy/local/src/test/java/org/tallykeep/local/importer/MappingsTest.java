package org.tallykeep.local.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.importer.PurchaseEvent.When;

final class MappingsTest {

  private static final String GOOD =
      """
      format: {delimiter: ";"}
      purchase:
        id: order
        customer: buyer
        at: {column: time, format: "dd.MM.yyyy HH:mm", zone: Europe/Berlin}
        currency: {value: USD}
        note: remark
      line:
        product: sku
        amount: paid
        discount: rebate
      """;

  @TempDir private Path folder;

  @Test
  void aMappingOfOnesOwnReadsAFileOfOnesOwn() throws IOException {
    Path rows = folder.resolve("orders.csv");
    Files.writeString(
        rows,
        "order;buyer;time;sku;paid;rebate;remark\nA1;c-9;02.07.2024 00:30;S;12.5;;ring twice\n");

    Mapped mapped = Mapped.of(rows, Mappings.find(yaml(GOOD)));

    PurchaseEvent purchase = mapped.purchases().getFirst();
    assertThat(purchase.when()).isEqualTo(new When.At(Instant.parse("2024-07-01T22:30:00Z")));
    assertThat(purchase.currency()).isEqualTo("USD");
    assertThat(purchase.note()).isEqualTo("ring twice");
    assertThat(purchase.lines().getFirst().units()).isEqualTo(1);
    assertThat(purchase.lines().getFirst().amount()).isEqualTo("12.50");
    assertThat(purchase.lines().getFirst().discount()).isZero();
  }

  @Test
  void withoutAFormatTimesAreIso8601() throws IOException {
    Path rows = folder.resolve("orders.csv");
    Files.writeString(
        rows,
        "order,buyer,time,sku,paid\nA,c,2024-07-01T10:00:00+02:00,S,1\nB,c,2024-07-01T10:00:00,S,1\n");
    String mapping =
        "purchase: {id: order, customer: buyer, at: time}\nline: {product: sku, amount: paid}\n";

    Mapped mapped = Mapped.of(rows, Mappings.find(yaml(mapping)));

    assertThat(mapped.purchases().getFirst().when())
        .isEqualTo(new When.At(Instant.parse("2024-07-01T08:00:00Z")));
    assertThat(mapped.codes()).containsExactly(java.util.Map.entry(3L, "no-zone"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "customer: buyer | custmer: buyer | purchase.custmer is not known; known here: at, currency, customer, day, id, note",
        "customer: buyer | note: x2 | purchase.customer is missing",
        "product: sku | product: {columm: sku} | line.product: expected the name of a column, or {value: text}",
        "at: {column: time, format: \"dd.MM.yyyy HH:mm\", zone: Europe/Berlin} | category: x | purchase.category is not known",
        "at: {column: time, | at: {colum: time, | purchase.at: knows column, format and zone, not colum",
        "purchase: | \"purchase: | is not valid YAML",
      })
  void aMistakeInAMappingIsNamed(String right, String wrong, String message) {
    String mapping = GOOD.replace(right, wrong).replaceFirst("  note: remark\n", "");

    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> Mappings.find(yaml(mapping)))
        .withMessageContaining(message);
  }

  @Test
  void neitherAPresetNorAFileIsSaid() {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> Mappings.find("cdnov"))
        .withMessage(
            "--preset is cdnow, complete-journey or a YAML file that maps columns; cdnov is"
                + " neither");
  }

  private String yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("columns.yaml"), text).toString();
  }
}
