package org.tallykeep.customer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.imports.RowFormat;
import org.tallykeep.customer.imports.Rows;
import org.tallykeep.customer.platform.TestRetailer;

class PurchaseCsvTest {

  private static final String HEADER = "eventId,externalId,day,note,product,units,amount\n";

  private final RowFormat<Purchase> csv =
      RowFormat.csv(
          new PurchaseCsv(),
          new PurchaseReader(new PurchaseChecks(TestRetailer.USUAL, Clock.systemUTC())));

  @Test
  void neighboursOfOneEventAreOnePurchase() throws IOException {
    List<Rows.Row<Purchase>> rows =
        read(
            HEADER
                + "b-1,h-1,2017-01-01,,P1,1,1.99\nb-1,,,,P2,2,0.50\nb-2,h-2,2017-01-02,,P1,1,1\n");
    assertThat(rows).hasSize(2);
    Purchase first = Objects.requireNonNull(rows.getFirst().value());
    assertThat(first.lines())
        .extracting(line -> line.product().code(), PurchaseLine::units, PurchaseLine::amountMinor)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("P1", 1, 199L),
            org.assertj.core.groups.Tuple.tuple("P2", 2, 50L));
  }

  @Test
  void refusalsNameTheFieldAsInJson() throws IOException {
    assertThat(
            refusals(
                HEADER
                    + "b-1,h-1,2017-01-01,,P1,1,1.99\nb-1,,,,P2,two,0.50\n"
                    + "b-2,h-2,2017-01-02,,P1,1,nothing\n"
                    + "b-3,h-2,2017-01-02,,P1,1,1\nb-3,h-2,2017-01-03,,P2,1,1\n"
                    + "b-4,h-2,2017-01-02,4111 1111 1111 1111,P1,1,1\n"
                    + ",h-2,2017-01-02,,P1,1,1\n"))
        .containsExactly(
            "2 wrong-type lines[1].units",
            "4 malformed-amount lines[0].amount",
            "5 contradiction day",
            "7 card-number note",
            "8 missing eventId");
  }

  @Test
  void aPurchaseOfMoreThanAThousandLinesIsRefused() throws IOException {
    assertThat(refusals(HEADER + "b-1,h-1,2017-01-01,,P1,1,1\n".repeat(5000)))
        .containsExactly("2 too-many-lines lines");
  }

  private List<String> refusals(String file) throws IOException {
    List<String> refusals = new ArrayList<>();
    for (Rows.Row<Purchase> row : read(file)) {
      RowAnswer.Refused refused = Objects.requireNonNull(row.refused());
      refusals.add(row.line() + " " + refused.code() + " " + refused.field());
    }
    return refusals;
  }

  private List<Rows.Row<Purchase>> read(String file) throws IOException {
    Rows<Purchase> rows = csv.open(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
    List<Rows.Row<Purchase>> all = new ArrayList<>();
    Rows.Row<Purchase> row;
    while ((row = rows.next()) != null) {
      all.add(row);
    }
    return all;
  }
}
