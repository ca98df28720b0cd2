package org.tallykeep.customer.renewal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A renewal as told to officers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
    name = "PseudonymRenewal",
    description = "Everybody gets another pseudonym.",
    examples =
        """
        {"id": "6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11", "state": "pseudonyms", "total": 250000,
         "done": 61200, "perSecond": 412.5, "secondsLeft": 458, "startedAt": "2026-01-05T08:00:00Z"}
        """)
record RenewalView(
    UUID id,
    @Schema(
            implementation = String.class,
            enumeration = {"waiting", "pseudonyms", "links", "index", "done"},
            description =
                "waiting: for erasures that were under way; pseudonyms: purchasers move with their purchases and histories; links: customers'"
                    + " links are sealed anew; index: turn the index key over, at the key service,"
                    + " for tags join what is there now with a copy from before")
        RenewalState state,
    @Schema(description = "Pseudonyms, or links in that state") long total,
    long done,
    @Schema(description = "Of the present state") @Nullable Double perSecond,
    @Schema(description = "Of the present state; missing where it cannot be told")
        @Nullable Long secondsLeft,
    Instant startedAt,
    @Nullable Instant endedAt) {

  static RenewalView of(Renewal renewal, Instant now) {
    boolean counts =
        renewal.state() == RenewalState.PSEUDONYMS || renewal.state() == RenewalState.LINKS;
    Double perSecond = null;
    Long left = null;
    if (counts && renewal.done() > 0) {
      double seconds = Math.max(1, Duration.between(renewal.stateSince(), now).toMillis()) / 1000.0;
      perSecond = Math.round(10 * renewal.done() / seconds) / 10.0;
      left = (long) Math.ceil(seconds * (renewal.total() - renewal.done()) / renewal.done());
    }
    return new RenewalView(
        renewal.id(),
        renewal.state(),
        renewal.total(),
        renewal.done(),
        perSecond,
        left,
        renewal.started(),
        renewal.ended());
  }
}
