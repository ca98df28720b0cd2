package org.tallykeep.customer.aggregate;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.tallykeep.customer.ledger.LedgerEvents;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Keys;

/** This package's parts for the tests of others. */
public final class CountedFixture {

  private CountedFixture() {}

  /** All that is counted of the ledger's purchases, without the pseudonyms, in one order. */
  public static List<String> counted(FaultyDatabase database, Keys keys, LedgerEvents ledger) {
    TestAggregates aggregates = new TestAggregates(database, keys, ledger);
    aggregates.countUntilNothingWaits();
    Stream<String> histories =
        aggregates.days().values().stream()
            .map(history -> HexFormat.of().formatHex(history.encode()));
    Stream<String> series =
        aggregates.series().entrySet().stream()
            .map(
                day ->
                    "%s %d %d %d"
                        .formatted(
                            day.getKey(),
                            day.getValue().units(),
                            day.getValue().salesMinor(),
                            day.getValue().buyers()));
    return Stream.concat(histories, series).sorted().toList();
  }
}
