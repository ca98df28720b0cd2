package org.tallykeep.customer.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.ledger.PurchaseStatement;
import org.tallykeep.customer.profile.ChangeView;
import org.tallykeep.customer.profile.CustomerView;
import org.tallykeep.customer.restriction.RestrictionView;

/** Everything held of one person. */
@Schema(
    name = "AccessFile",
    description = "Everything held of one person (GDPR, Articles 15 and 20).")
record AccessFile(
    @Schema(description = "The layout of this file", examples = "tallykeep-access-file/1")
        String format,
    Instant madeAt,
    @Schema(description = "In the clear") CustomerView profile,
    @Schema(description = "What was changed, by whom and why, the newest first")
        List<ChangeView> changes,
    @Schema(description = "Restriction of processing, if there ever was one")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable RestrictionView restriction,
    @Schema(description = "Every purchase and return in the ledger, by day")
        List<PurchaseStatement.Stated> purchases) {

  static final String FORMAT = "tallykeep-access-file/1";

  @Override
  public String toString() {
    return "AccessFile[…]";
  }
}
