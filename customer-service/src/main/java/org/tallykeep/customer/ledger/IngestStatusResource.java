package org.tallykeep.customer.ledger;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.customer.platform.Transactions;

/** How far counting has come, so that a caller can wait for it. */
@Path("/v1/ingest/status")
@Tag(name = "Purchases")
@RolesAllowed({"ingest", "data-steward", "security-officer"})
class IngestStatusResource {

  private final Transactions transactions;
  private final Lag lag;

  IngestStatusResource(Transactions transactions, Lag lag) {
    this.transactions = transactions;
    this.lag = lag;
  }

  /** What waits. */
  public record IngestStatus(
      @Schema(description = "Purchases taken and not yet in the aggregates.", examples = "0")
          long pending,
      @Schema(
              description =
                  "Purchases put aside because they cannot be counted: somebody has to look.",
              examples = "0")
          long parked,
      @Schema(description = "The number of the ledger's open partition.", examples = "1")
          int openPartition,
      @Schema(
              description =
                  "Zero if nothing is pending. Otherwise the seconds since this replica first saw"
                      + " something pending after it had last seen nothing: it looks when it takes"
                      + " purchases, at every round of counting (each second) and at this call. No"
                      + " row says when a purchase came, so the oldest one that is pending may be"
                      + " younger, never older by more than the time between two looks.",
              examples = "0.0")
          double lagSeconds) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "How many purchases are not counted yet",
      description = "Zero pending means that every purchase taken so far is in the aggregates.")
  public IngestStatus status() {
    return transactions.call(
        connection -> {
          long pending = LedgerRepository.pending(connection);
          lag.saw(pending > 0);
          return new IngestStatus(
              pending,
              LedgerRepository.parked(connection),
              Partitions.open(connection),
              lag.now().toMillis() / 1000.0);
        });
  }
}
