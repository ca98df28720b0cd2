package org.tallykeep.customer.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.profile.Reveal;

/** What a person may ask to see. */
@Path("/v1/customers/{id}/access-file")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rights", description = "What a person may ask for; by privacy officers")
final class AccessResource {

  private final AccessFiles files;
  private final Caller caller;

  AccessResource(AccessFiles files, Caller caller) {
    this.files = files;
    this.caller = caller;
  }

  @GET
  @RolesAllowed("privacy-officer")
  @ResponseHeader(
      name = HttpHeaders.CONTENT_DISPOSITION,
      value = "attachment; filename=\"access-file.json\"")
  @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
  @Operation(
      operationId = "makeAccessFile",
      summary = "Everything held of a person, as one file",
      description =
          "For the person's right of access and to data portability. It is made under a grant of"
              + " the key service's for this one customer, in the officer's name; after so many a"
              + " day a security officer has to approve each further one.")
  @APIResponse(
      responseCode = "200",
      description = "The file",
      content = @Content(schema = @Schema(implementation = AccessFile.class)))
  @APIResponse(responseCode = "400", description = "No header Purpose")
  @APIResponse(responseCode = "403", description = "Not for your role, or the grant has ended")
  @APIResponse(responseCode = "404", description = "No such customer, or no longer")
  @APIResponse(
      responseCode = "409",
      description = "urn:tallykeep:problem:second-officer-needed: the detail names the grant")
  @APIResponse(responseCode = "429", description = "Your budget of records is spent; Retry-After")
  @APIResponse(responseCode = "503", description = "Keys cannot be had now; Retry-After")
  public AccessFile make(
      @PathParam("id") UUID id,
      @Parameter(description = "A grant that a security officer approved") @QueryParam("grant")
          @Nullable UUID grant,
      @Parameter(description = "Why, in at most 100 characters", example = "DSR-2026-17")
          @HeaderParam("Purpose")
          @Nullable String purpose) {
    String reason = Reveal.requireReason(purpose);
    return files
        .of(id, grant, new Keys.Asking(caller.token(), reason))
        .orElseThrow(
            () ->
                new Refusal.NotFound(
                    "customer-not-found", "There is no customer with this id, or no longer."));
  }
}
