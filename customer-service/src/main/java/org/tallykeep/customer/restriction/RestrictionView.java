package org.tallykeep.customer.restriction;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was decided about restricting the processing of a customer's data. */
@Schema(name = "Restriction")
public record RestrictionView(
    boolean restricted, @Schema(description = "The newest first") List<PeriodView> periods) {

  /** From when until when, why and by whom: people by the issuer's names of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "RestrictionPeriod")
  public record PeriodView(
      String reason, Instant from, String by, @Nullable Instant until, @Nullable String liftedBy) {
    @Override
    public String toString() {
      return "PeriodView[…]";
    }
  }

  static RestrictionView of(Restriction restriction) {
    return new RestrictionView(
        restriction.inForce(),
        restriction.periods().reversed().stream().map(RestrictionView::of).toList());
  }

  private static PeriodView of(Restriction.Period period) {
    Long until = period.until();
    return new PeriodView(
        period.reason(),
        Instant.ofEpochSecond(period.from()),
        period.by(),
        until == null ? null : Instant.ofEpochSecond(until),
        period.liftedBy());
  }

  @Override
  public String toString() {
    return "RestrictionView[…]";
  }
}
