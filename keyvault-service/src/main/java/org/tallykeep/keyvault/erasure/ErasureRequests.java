package org.tallykeep.keyvault.erasure;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.keyvault.revocation.Revocation;

/** What callers send to have keys destroyed, and what they get. */
final class ErasureRequests {

  private ErasureRequests() {}

  /** Keys to be destroyed. */
  record Destroy(
      @Schema(description = "subject: of customers; pseudonym: of purchasers") @NotNull
          LedgerEntry.Kind kind,
      @Schema(
              description =
                  "sever: the aggregated history stays under a pseudonym that is nobody's; purge:"
                      + " nothing stays. Kept in the ledger for whoever is restored later")
          @NotNull
          LedgerEntry.Mode mode,
      @Schema(description = "The keys' ids, at most 1,000; all their versions go") @NotNull
          List<@NotNull UUID> ids,
      @Schema(
              description = "What the caller calls this occasion; kept in the audit",
              examples = "DSR-2026-17")
          @Size(max = 100)
          @Nullable String caseId) {}

  /** That they are destroyed. */
  record Destroyed(
      @Schema(description = "A JSON Web Signature in its compact form; see docs/formats.md")
          String receipt) {}

  /** Keys that may be destroyed. */
  record Match(
      @NotNull LedgerEntry.Kind kind,
      @Schema(description = "At most 1,000 ids") @NotNull List<@NotNull UUID> ids) {}

  /** Those that are, in the order of their ids. */
  record Matched(List<RevokedKey> revoked) {

    static Matched of(Map<UUID, Revocation> found) {
      return new Matched(
          found.entrySet().stream()
              .map(
                  each ->
                      new RevokedKey(
                          each.getKey(), each.getValue().mode(), each.getValue().position()))
              .toList());
    }
  }

  /** A key that is destroyed. */
  record RevokedKey(
      UUID id, LedgerEntry.Mode mode, @Schema(description = "The ledger's entry") long position) {}
}
