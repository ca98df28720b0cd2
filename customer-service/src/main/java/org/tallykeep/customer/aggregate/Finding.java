package org.tallykeep.customer.aggregate;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Rows that are not what they should be: which data set and shard, in what way, how many. */
@Schema(name = "AggregateFinding")
record Finding(
    @Schema(
            description = "Where; `purchase` is the ledger",
            enumeration = {"purchase", "purchase_history", "basket_history", "sales_series"})
        String dataset,
    @Schema(minimum = "0", maximum = "63", examples = "17") int shard,
    What what,
    @Schema(description = "How many rows; of a manifest, one", examples = "1") long count) {

  /** The ledger, which has no manifest. */
  static final String LEDGER = "purchase";

  /** In what way. */
  @Schema(
      name = "AggregateFindingKind",
      description =
          "missing: a row should be there, in the ledger an event that is counted;"
              + " unexpected: nothing of the ledger gives the row; differs: it holds something else;"
              + " unreadable: it does not open, as after an exchange; misplaced: it stands in another"
              + " shard or is newer than the manifest; not-accounted-for: the manifest is of other"
              + " rows, as after one was removed, repeated or set back; manifest-missing;"
              + " manifest-not-signed: not by this service.")
  enum What {
    @JsonProperty("missing")
    MISSING,
    @JsonProperty("unexpected")
    UNEXPECTED,
    @JsonProperty("differs")
    DIFFERS,
    @JsonProperty("unreadable")
    UNREADABLE,
    @JsonProperty("misplaced")
    MISPLACED,
    @JsonProperty("not-accounted-for")
    NOT_ACCOUNTED_FOR,
    @JsonProperty("manifest-missing")
    MANIFEST_MISSING,
    @JsonProperty("manifest-not-signed")
    MANIFEST_NOT_SIGNED
  }
}
