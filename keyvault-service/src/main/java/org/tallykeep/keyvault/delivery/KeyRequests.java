package org.tallykeep.keyvault.delivery;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;

/** What callers send to {@link KeyResource}. */
final class KeyRequests {

  private KeyRequests() {}

  /** Keys to be made. */
  record Create(
      @Schema(description = "subject: one per customer; pseudonym: one per purchaser") @NotNull
          Family kind,
      @Schema(description = "How many, 1 to 1,000", examples = "1") int count,
      @Schema(description = "The purposes whose keys are answered, this once") @NotEmpty
          Set<@NotNull Purpose> purposes,
      @Schema(
              description =
                  "Whether these are decoys: keys of customers who do not exist. Whoever asks for"
                      + " one of them later is frozen; nothing that is answered or stored tells"
                      + " them from others",
              examples = "false")
          @Nullable Boolean decoys) {

    boolean areDecoys() {
      return Boolean.TRUE.equals(decoys);
    }
  }

  /** Keys to be opened. */
  record Unwrap(
      @Schema(description = "What the keys are for") @NotNull Purpose purpose,
      @Schema(description = "Which keys, at most 1,000") @NotNull
          List<@NotNull @Valid KeyName> keys,
      @Schema(
              description =
                  "The grant that this rests on instead of the caller's own rights: a standing"
                      + " grant's name, or the id of a job's grant",
              examples = "mixer")
          @Size(max = 36)
          @Nullable String grant,
      @Schema(
              description = "What the caller calls this occasion; kept in the audit",
              examples = "T-17")
          @Size(max = 100)
          @Nullable String caseId) {}
}
