package org.tallykeep.analytics.histories;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.aggregates.RevisionCursor;

/**
 * All purchase histories at one moment, opened, as columns: immutable, so that whoever holds one
 * computes on the same data to the end whatever is loaded meanwhile. Purchasers are numbered from
 * 0; a number means nothing in another snapshot.
 *
 * <p>A day is here when it has an order: a day with nothing but a return is no purchase day.
 */
public final class Histories {

  private final Columns columns;
  private final PseudonymIndex index;
  private final ShardStates shards;
  private final RevisionCursor cursor;
  private final int lastDay;

  Histories(Columns columns, ShardStates shards, RevisionCursor cursor) {
    this.columns = columns;
    this.index = new PseudonymIndex(columns);
    this.shards = shards;
    this.cursor = cursor;
    int last = Integer.MIN_VALUE;
    for (int i = 0; i < columns.dayCount(); i++) {
      last = Math.max(last, columns.days()[i]);
    }
    this.lastDay = last;
  }

  static Histories empty() {
    return new Histories(new Columns(0, 0), ShardStates.empty(), RevisionCursor.START);
  }

  /** The number of purchasers, those without a purchase day among them. */
  public int size() {
    return columns.size();
  }

  /** The last day on which anybody bought; empty before the first purchase. */
  public Optional<LocalDate> dataThrough() {
    return columns.dayCount() == 0 ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(lastDay));
  }

  /** The purchaser of this pseudonym, or -1. */
  public int find(UUID purchaserId) {
    return index.find(purchaserId.getMostSignificantBits(), purchaserId.getLeastSignificantBits());
  }

  /** The pseudonym of a purchaser. */
  public UUID id(int purchaser) {
    return new UUID(columns.high(purchaser), columns.low(purchaser));
  }

  /**
   * The epoch days of all purchasers, one after the other, ascending for each. Shared for speed:
   * readers must not write to it.
   */
  public int[] days() {
    return columns.days();
  }

  /** Where the days of a purchaser begin in {@link #days()}. */
  public int from(int purchaser) {
    return columns.from(purchaser);
  }

  /** Where the days of a purchaser end in {@link #days()}. */
  public int to(int purchaser) {
    return columns.to(purchaser);
  }

  /**
   * Whether the person has refused that anything is predicted of them. They still count: in a model
   * and in totals nobody stands out.
   */
  public boolean isUnprofiled(int purchaser) {
    return columns.isUnprofiled(purchaser);
  }

  Columns columns() {
    return columns;
  }

  ShardStates shards() {
    return shards;
  }

  RevisionCursor cursor() {
    return cursor;
  }

  /** Says how many there are and nothing more. */
  @Override
  public String toString() {
    return "Histories[" + size() + "]";
  }
}
