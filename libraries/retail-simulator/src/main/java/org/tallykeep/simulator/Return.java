package org.tallykeep.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Goods brought back for their money, some days after the purchase named.
 *
 * @param lines what came back; units and amounts are positive, as they were in the purchase
 */
public record Return(
    String eventId,
    String externalId,
    String purchaseEventId,
    Instant at,
    LocalDate day,
    List<Line> lines)
    implements Transaction {

  public Return {
    lines = List.copyOf(lines);
  }
}
