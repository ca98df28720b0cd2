package org.tallykeep.customer.consent;

import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A consent as it is sent with a profile, before anything in it is checked. */
@Schema(name = "ConsentOfProfile")
public record ConsentRow(
    @Schema(description = "A kebab-case name", examples = "email-marketing")
        @Nullable String purpose,
    @Schema(enumeration = {"granted", "refused", "withdrawn"}) @Nullable String decision,
    @Schema(description = "Where it was given", examples = "web-shop") @Nullable String source,
    @Schema(description = "When, RFC 3339", examples = "2026-04-30T09:15:00Z") @Nullable String at,
    @Schema(description = "Version of the wording", examples = "2026-01")
        @Nullable String wording) {

  /** The names of its fields. */
  public static final Set<String> FIELDS = Set.of("purpose", "decision", "source", "at", "wording");

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "ConsentRow[…]";
  }
}
