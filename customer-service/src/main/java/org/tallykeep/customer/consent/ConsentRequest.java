package org.tallykeep.customer.consent;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A consent as it is sent by itself; the purpose is in the path. */
@Schema(name = "ConsentRequest")
record ConsentRequest(
    @Schema(enumeration = {"granted", "refused", "withdrawn"}) @Nullable String decision,
    @Schema(description = "Where it was given, at most 100 characters", examples = "web-shop")
        @Nullable String source,
    @Schema(description = "When, RFC 3339; not in the future", examples = "2026-04-30T09:15:00Z")
        @Nullable String at,
    @Schema(description = "Version of the wording, at most 100 characters", examples = "2026-01")
        @Nullable String wording) {

  ConsentRow of(String purpose) {
    return new ConsentRow(purpose, decision, source, at, wording);
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "ConsentRequest[…]";
  }
}
