package org.tallykeep.customer.erasure;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;

/** Erasures and their receipts, for privacy officers. */
@Path("/v1/erasures")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PRIVACY_OFFICER)
@Tag(name = "Erasure", description = "Customers erased for good, with receipts")
@APIResponse(responseCode = "403", description = "Not for your role")
final class ErasureResource {

  private static final int DEFAULT = 20;
  private static final int MOST = 100;

  private final Erasures erasures;

  ErasureResource(Erasures erasures) {
    this.erasures = erasures;
  }

  /** Some erasures, and the cursor of those behind them. */
  public record Page(List<ErasureView> erasures, @Nullable String nextCursor) {}

  @GET
  @Path("{id}")
  @Operation(operationId = "readErasure", summary = "An erasure and its receipts")
  @APIResponse(
      responseCode = "200",
      description = "As it stands",
      content =
          @Content(
              schema = @Schema(implementation = ErasureView.class),
              examples = @ExampleObject(name = "erased", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "urn:tallykeep:problem:erasure-not-found")
  public ErasureView read(@PathParam("id") UUID id) {
    return erasures
        .find(id)
        .map(ErasureView::of)
        .orElseThrow(
            () -> new Refusal.NotFound("erasure-not-found", "There is no erasure with this id."));
  }

  @GET
  @Operation(operationId = "listErasures", summary = "Erasures, in no order that tells anything")
  @APIResponse(
      responseCode = "200",
      description = "Some of them",
      content =
          @Content(
              schema = @Schema(implementation = Page.class),
              examples = @ExampleObject(name = "one", value = "{\"erasures\":[" + EXAMPLE + "]}")))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:malformed-request")
  @APIResponse(responseCode = "404", description = "limit is no number")
  public Page list(
      @Parameter(description = "1 to 100; 20 if missing") @QueryParam("limit")
          @Nullable Integer limit,
      @Parameter(description = "nextCursor of the page before") @QueryParam("cursor")
          @Nullable String cursor) {
    int most = limit == null ? DEFAULT : limit;
    if (most < 1 || most > MOST) {
      throw new Refusal.Malformed("limit-out-of-range", "limit", "Between 1 and " + MOST + ".");
    }
    List<Erasure> found = erasures.after(after(cursor), most + 1);
    List<ErasureView> shown = found.stream().limit(most).map(ErasureView::of).toList();
    return new Page(shown, found.size() > most ? shown.getLast().id().toString() : null);
  }

  private static UUID after(@Nullable String cursor) {
    try {
      return cursor == null ? new UUID(0, 0) : UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw new Refusal.Malformed(
          "cursor-unknown", "cursor", "Use nextCursor of the page before as it is.");
    }
  }

  static final String EXAMPLE =
      """
      {"id":"0b8c1f7e-5f0f-4c6e-8c55-0d6a6f0a9b11",\
      "customerId":"6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11","mode":"sever","state":"done",\
      "requestedAt":"2026-03-02T08:00:00Z","requestedBy":"5f7a","reason":"asked for in writing",\
      "caseId":"DSR-2026-17","completedAt":"2026-03-02T08:00:01Z",\
      "receipts":{"subject":"eyJ…","pseudonym":"eyJ…"}}
      """;
}
