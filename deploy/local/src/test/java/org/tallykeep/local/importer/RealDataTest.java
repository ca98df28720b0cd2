package org.tallykeep.local.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The whole of the two public data sets, where a checkout has them beside it. */
final class RealDataTest {

  @Test
  void cdnowHasItsPurchasesAndCustomers() {
    Mapped mapped = Mapped.of(shared("cdnow/CDNOW_sample.txt"), Mappings.find("cdnow"));

    assertThat(mapped.refused()).isEmpty();
    assertThat(mapped.purchases()).hasSize(6_919);
    assertThat(mapped.purchases().stream().map(PurchaseEvent::externalId).distinct())
        .hasSize(2_357);
    assertThat(mapped.purchases().stream().map(PurchaseEvent::eventId)).doesNotHaveDuplicates();
  }

  @Test
  void completeJourneyHasItsBasketsHouseholdsAndSales() {
    Mapped mapped =
        Mapped.of(
            shared("complete-journey/transactions.csv.gz"), Mappings.find("complete-journey"));

    assertThat(mapped.refused()).isEmpty();
    assertThat(mapped.rows()).isEqualTo(291_501);
    assertThat(mapped.purchases()).hasSize(31_428);
    assertThat(mapped.purchases().stream().map(PurchaseEvent::eventId)).doesNotHaveDuplicates();
    assertThat(mapped.purchases().stream().map(PurchaseEvent::externalId).distinct()).hasSize(493);
    assertThat(lines(mapped).map(PurchaseEvent.Line::amount).reduce(BigDecimal::add))
        .contains(new BigDecimal("925350.13"));
    assertThat(lines(mapped).mapToLong(PurchaseEvent.Line::units).max()).hasValue(89_638);
    // Twelve products stand in no table; they are sold all the same.
    assertThat(lines(mapped).filter(line -> line.department() == null).count()).isEqualTo(898);
  }

  private static Stream<PurchaseEvent.Line> lines(Mapped mapped) {
    return mapped.purchases().stream().flatMap(purchase -> purchase.lines().stream());
  }

  /** The folder stands beside the checkout, which is some levels above the module. */
  private static Path shared(String name) {
    Path here = Path.of("").toAbsolutePath();
    Optional<Path> file =
        Stream.iterate(here, java.util.Objects::nonNull, Path::getParent)
            .map(folder -> folder.resolve("shared/data").resolve(name))
            .filter(Files::isRegularFile)
            .findFirst();
    assumeTrue(file.isPresent(), "skipped: there is no ../shared/data/" + name);
    return file.orElseThrow();
  }
}
