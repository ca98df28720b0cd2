package org.tallykeep.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A basket that was paid for; no product stands in it twice. */
public record Purchase(
    String eventId,
    String externalId,
    Instant at,
    LocalDate day,
    List<Line> lines,
    Optional<String> note)
    implements Transaction {

  public Purchase {
    lines = List.copyOf(lines);
  }
}
