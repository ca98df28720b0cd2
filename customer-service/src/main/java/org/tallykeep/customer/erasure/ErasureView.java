package org.tallykeep.customer.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An erasure as privacy officers see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Erasure")
public record ErasureView(
    UUID id,
    UUID customerId,
    @Schema(
            enumeration = {"sever", "purge"},
            examples = "sever")
        String mode,
    @Schema(
            enumeration = {"under-way", "done"},
            examples = "done")
        String state,
    Instant requestedAt,
    String requestedBy,
    String reason,
    @Nullable String caseId,
    @Nullable Instant completedAt,
    Receipts receipts) {

  /** What attests it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Receipts", description = "Signed by the key service; see docs/formats.md")
  public record Receipts(
      @Schema(description = "For the customer's key") @Nullable String subject,
      @Schema(
              description =
                  "For the key of the pseudonym; missing if the customer's key was destroyed before")
          @Nullable String pseudonym) {}

  static ErasureView of(Erasure erasure) {
    Erasure.Request request = erasure.request();
    Erasure.Progress progress = erasure.progress();
    Long ended = progress.ended();
    return new ErasureView(
        erasure.id(),
        erasure.customer(),
        request.mode().word(),
        ended == null ? "under-way" : "done",
        Instant.ofEpochSecond(request.time()),
        request.by(),
        request.reason(),
        request.caseId(),
        ended == null ? null : Instant.ofEpochSecond(ended),
        new Receipts(progress.subjectReceipt(), progress.pseudonymReceipt()));
  }

  /** Leaves the officer's texts out. */
  @Override
  public String toString() {
    return "ErasureView[" + id + "]";
  }
}
