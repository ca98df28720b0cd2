package org.tallykeep.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Something that happens at the till: a purchase, or a part of one brought back. */
public sealed interface Transaction permits Purchase, Return {

  /** Unique at this retailer. */
  String eventId();

  /** The buyer, as {@link Profile#externalId()}. */
  String externalId();

  Instant at();

  /** The date on the shop's wall. */
  LocalDate day();

  List<Line> lines();

  /** The sum of the lines, in cents. */
  default long totalMinor() {
    return lines().stream().mapToLong(Line::amountMinor).sum();
  }
}
