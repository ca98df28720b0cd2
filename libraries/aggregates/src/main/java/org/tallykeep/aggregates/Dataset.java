package org.tallykeep.aggregates;

import java.util.UUID;
import org.tallykeep.envelope.AssociatedData;

/** The kinds of sealed aggregates, each with a manifest of its own per shard. */
public enum Dataset {
  /** Per pseudonym: its purchase days. */
  PURCHASE_HISTORY("purchase_history"),
  /** Per pseudonym: what was in its orders. */
  BASKET_HISTORY("basket_history"),
  /** Per product, category or department and year: units, sales and buyers a day. */
  SALES_SERIES("sales_series");

  /** The dataset key under which all of them are sealed, and the field in associated data. */
  public static final String PURPOSE = "aggregate";

  private final String kind;

  Dataset(String kind) {
    this.kind = kind;
  }

  /** The record kind, which is the name of the table as well. */
  public String kind() {
    return kind;
  }

  /** What a row of this dataset is sealed with. */
  public AssociatedData associatedData(UUID id, long revision) {
    return AssociatedData.of(kind, id, PURPOSE, revision);
  }
}
