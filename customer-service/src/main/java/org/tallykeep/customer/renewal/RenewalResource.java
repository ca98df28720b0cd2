package org.tallykeep.customer.renewal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.customer.platform.Roles;

/** Other pseudonyms for everybody. */
@Path("/v1/pseudonym-renewals")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SECURITY_OFFICER)
@Tag(
    name = "Pseudonym renewals",
    description = "After a breach in which pseudonyms were read; survive restarts")
final class RenewalResource {

  private static final String EXAMPLE_ID = "6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11";
  private static final String BEGUN =
      """
      {"id":"6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11","state":"waiting","total":0,"done":0,\
      "startedAt":"2026-03-01T08:00:00Z"}""";
  private static final String UNDER_WAY =
      """
      {"id":"6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11","state":"pseudonyms","total":250000,\
      "done":61200,"perSecond":412.5,"secondsLeft":458,"startedAt":"2026-03-01T08:00:00Z"}""";
  private static final String TO_BE_TURNED_OVER =
      """
      {"id":"6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11","state":"index","total":250000,\
      "done":250000,"startedAt":"2026-03-01T08:00:00Z"}""";

  private final Renewals renewals;

  RenewalResource(Renewals renewals) {
    this.renewals = renewals;
  }

  @POST
  @Operation(
      operationId = "renewPseudonyms",
      summary = "Give everybody another pseudonym",
      description =
          "Goes on while everything runs, and cannot be cancelled. When one is under way it is"
              + " answered, so that a repetition begins no other. It waits for erasures that are"
              + " under way, and nobody is erased from then on until the state `index`. It ends when"
              + " the index key has been turned over since: ask the key service for that then.")
  @APIResponse(
      responseCode = "202",
      description = "The renewal, new or under way",
      headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
      content =
          @Content(
              schema = @Schema(implementation = RenewalView.class),
              examples = {
                @ExampleObject(name = "begun", value = BEGUN),
                @ExampleObject(name = "under way", value = UNDER_WAY)
              }))
  @APIResponse(responseCode = "401", description = "urn:tallykeep:problem:unauthenticated")
  @APIResponse(responseCode = "403", description = "urn:tallykeep:problem:forbidden")
  @APIResponse(
      responseCode = "503",
      description =
          "urn:tallykeep:problem:keys-unavailable, or index-changing while its key is turned over;"
              + " Retry-After")
  public Response begin() {
    RenewalView renewal = renewals.begin();
    return Response.accepted(renewal)
        .location(URI.create("/v1/pseudonym-renewals/" + renewal.id()))
        .build();
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "getPseudonymRenewal", summary = "How far a renewal has come")
  @APIResponse(
      responseCode = "200",
      description = "The renewal",
      content =
          @Content(
              schema = @Schema(implementation = RenewalView.class),
              examples = {
                @ExampleObject(name = "under way", value = UNDER_WAY),
                @ExampleObject(
                    name = "the index key is to be turned over",
                    value = TO_BE_TURNED_OVER)
              }))
  @APIResponse(responseCode = "401", description = "urn:tallykeep:problem:unauthenticated")
  @APIResponse(responseCode = "403", description = "urn:tallykeep:problem:forbidden")
  @APIResponse(
      responseCode = "404",
      description = "urn:tallykeep:problem:pseudonym-renewal-not-found")
  public RenewalView get(@Parameter(example = EXAMPLE_ID) @PathParam("id") UUID id) {
    return renewals.get(id);
  }
}
