package org.tallykeep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RetailerTest {

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");

    Retailers.sample(7, 300)
        .households()
        .map(Retailers::text)
        .forEach(line -> sha.update(line.getBytes(StandardCharsets.UTF_8)));

    // Pinned: a change of this digest means that everybody's benchmarks change their data.
    assertThat(HexFormat.of().formatHex(sha.digest()))
        .isEqualTo("960ad7e1d5a45585ac857bc5088caa604e5c5069c27c343b7c891d8a57240753");
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    List<String> inOrder = Retailers.sample(7, 200).households().map(Retailers::text).toList();

    List<String> inParallel =
        Retailers.sample(7, 200).households().parallel().map(Retailers::text).toList();

    assertThat(inParallel).isEqualTo(inOrder);
  }

  @Test
  void aHouseholdIsTheSameAtASmallAndAtALargeRetailer() {
    assertThat(Retailers.text(Retailers.sample(7, 1_000_000).household(42)))
        .isEqualTo(Retailers.text(Retailers.sample(7, 100).household(42)));
  }

  @Test
  void anotherSeedGivesAnotherRetailer() {
    List<String> seven = Retailers.sample(7, 50).households().map(Retailers::text).toList();
    List<String> eight = Retailers.sample(8, 50).households().map(Retailers::text).toList();

    assertThat(eight).doesNotContainAnyElementsOf(seven);
    assertThat(Retailers.sample(8, 50).products())
        .doesNotContainAnyElementsOf(Retailers.sample(7, 50).products());
  }

  @Test
  void timeOrderYieldsTheSameTransactionsOrderedByTime() {
    Retailer retailer = Retailers.sample(3, 400);
    Comparator<Transaction> byTime = Comparator.comparing(Transaction::at);

    List<Transaction> inTimeOrder = retailer.inTimeOrder().toList();

    assertThat(inTimeOrder).isSortedAccordingTo(byTime);
    Set<Transaction> byHousehold =
        retailer
            .households()
            .flatMap(h -> Stream.concat(h.purchases().stream(), h.returns().stream()))
            .collect(Collectors.toSet());
    assertThat(inTimeOrder).hasSameSizeAs(byHousehold).hasSameElementsAs(byHousehold);
  }

  @Test
  void anEventIdIsNeverUsedTwiceAndEveryPurchaseHasItsOwnProducts() {
    Set<String> ids =
        Retailers.sample(5, 500)
            .inTimeOrder()
            .peek(t -> assertThat(t.lines()).isNotEmpty())
            .peek(t -> assertThat(t.lines().stream().map(Line::product)).doesNotHaveDuplicates())
            .map(Transaction::eventId)
            .collect(Collectors.toSet());

    assertThat(ids).hasSize((int) Retailers.sample(5, 500).inTimeOrder().count());
  }

  @Test
  void linesArePaidInWholeCentsAndAddUpToThePriceOnTheShelf() {
    assertThat(Retailers.purchases(Retailers.sample(5, 300)).flatMap(p -> p.lines().stream()))
        .allSatisfy(
            line -> {
              assertThat(line.units()).isPositive();
              assertThat(line.amountMinor()).isPositive();
              assertThat(line.discountMinor()).isNotNegative();
              assertThat((line.amountMinor() + line.discountMinor()) % line.units()).isZero();
            });
  }

  @Test
  void returnsBringBackWhatWasBoughtOnALaterDay() {
    List<Household> households = Retailers.sample(5, 1000).households().toList();

    assertThat(households.stream().filter(h -> !h.returns().isEmpty())).hasSizeGreaterThan(50);
    for (Household household : households) {
      for (Return back : household.returns()) {
        Purchase purchase =
            household.purchases().stream()
                .filter(p -> p.eventId().equals(back.purchaseEventId()))
                .findFirst()
                .orElseThrow();
        assertThat(back.day()).isAfterOrEqualTo(purchase.day().plusDays(2));
        assertThat(purchase.lines()).containsAll(back.lines());
      }
    }
  }

  @Test
  void instantsFollowTheClocksOfTheShop() {
    RetailerParameters utc = RetailerParameters.sample(5, 20, Retailers.START, 365);
    RetailerParameters newYork =
        new RetailerParameters(
            5, 20, Retailers.START, 365, ZoneId.of("America/New_York"), 24, utc.behaviour());

    assertThat(Retailers.purchases(Retailer.of(newYork)))
        .allSatisfy(
            p -> {
              assertThat(p.at().atZone(newYork.zone()).toLocalDate()).isEqualTo(p.day());
              assertThat(p.at().atZone(newYork.zone()).getHour()).isBetween(8, 21);
            });
  }

  @Test
  void aMillionHouseholdsCanBeReadFromTheFrontWithoutGrowingMemory() {
    Retailer million = Retailers.sample(1, 1_000_000);
    million.households().limit(2_000).forEach(h -> {});
    long before = usedAfterCollection();

    long purchases = million.households().limit(20_000).mapToLong(h -> h.purchases().size()).sum();

    assertThat(purchases).isGreaterThan(20_000);
    // 20,000 households with their baskets would be more than 100 MB if they were kept.
    assertThat((double) usedAfterCollection()).isCloseTo(before, within(16e6));
  }

  @Test
  void theFirstDaysOfAMillionHouseholdsComeInTimeOrder() {
    RetailerParameters month = RetailerParameters.sample(1, 1_000_000, Retailers.START, 6);

    List<Transaction> first = Retailer.of(month).inTimeOrder().limit(1_000).toList();

    assertThat(first).isSortedAccordingTo(Comparator.comparing(Transaction::at)).hasSize(1_000);
  }

  @Test
  void parametersThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetailerParameters.sample(1, 0, Retailers.START, 10))
        .withMessageContaining("households");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetailerParameters.sample(1, 1, Retailers.START, 0))
        .withMessageContaining("days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetailerParameters.Behaviour(Double.NaN, 1, 1, 1, 0.5, 3, 0.1, 2))
        .withMessageContaining("purchasesPerYear");
  }

  private static long usedAfterCollection() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
