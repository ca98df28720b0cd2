package org.tallykeep.customer.erasure;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;
import org.tallykeep.customer.profile.Reveal;

/** The end of customers, by a privacy officer. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Erasure", description = "Customers erased for good, with receipts")
final class CustomerEndResource {

  private static final int LONGEST_CASE = 100;

  private final CustomerEnd end;
  private final Caller caller;
  private final InstantSource clock;

  CustomerEndResource(CustomerEnd end, Caller caller, InstantSource clock) {
    this.end = end;
    this.caller = caller;
    this.clock = clock;
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.PRIVACY_OFFICER)
  @Operation(
      operationId = "eraseCustomer",
      summary = "Erase a customer for good",
      description =
          "Destroys the keys of the customer and of the pseudonym, and removes all that was under"
              + " them. Nobody can undo it. Severed, what was counted of the purchases stays under a"
              + " pseudonym that is nobody's; purged, nothing stays. Later imports answer `erased`"
              + " for this person. Asked again it goes on where it was cut off, and gives the same"
              + " receipts.")
  @APIResponse(
      responseCode = "200",
      description = "Erased",
      content =
          @Content(
              schema = @Schema(implementation = ErasureView.class),
              examples = @ExampleObject(name = "erased", value = ErasureResource.EXAMPLE)))
  @APIResponse(
      responseCode = "400",
      description = "urn:tallykeep:problem:purpose-missing, unknown-mode or case-too-long")
  @APIResponse(responseCode = "403", description = "Not for your role")
  @APIResponse(responseCode = "404", description = "No such customer, or no longer")
  @APIResponse(
      responseCode = "409",
      description = "urn:tallykeep:problem:erased-otherwise or changed-meanwhile")
  @APIResponse(
      responseCode = "503",
      description =
          "urn:tallykeep:problem:keys-unavailable: what was begun goes on by itself; or"
              + " pseudonyms-being-renewed: nothing was begun, and nobody can be erased until the"
              + " renewal is over. Retry-After")
  public ErasureView erase(
      @PathParam("id") UUID id,
      @Parameter(description = "`sever` or `purge`; `sever` if missing", example = "sever")
          @QueryParam("mode")
          @Nullable String mode,
      @Parameter(description = "Why, in at most 100 characters") @HeaderParam("Purpose")
          @Nullable String purpose,
      @Parameter(
              description = "What you call this occasion, in at most 100 characters",
              example = "DSR-2026-17")
          @HeaderParam("Case-Id")
          @Nullable String caseId) {
    Erasure.Request request =
        new Erasure.Request(
            Erasure.Request.VERSION,
            Mode.of(mode),
            clock.instant().getEpochSecond(),
            caller.name(),
            Reveal.requireReason(purpose),
            checked(caseId));
    return ErasureView.of(end.erase(id, request));
  }

  private static @Nullable String checked(@Nullable String caseId) {
    if (caseId == null || caseId.isBlank()) {
      return null;
    }
    if (caseId.length() > LONGEST_CASE) {
      throw new Refusal.Incomplete(
          "case-too-long", "Case-Id has at most " + LONGEST_CASE + " characters.");
    }
    return caseId.strip();
  }
}
