package org.tallykeep.customer.aggregate;

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

/** Whether the aggregates are what the ledger gives. */
@Path("/v1/aggregates")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SECURITY_OFFICER, Roles.DATA_STEWARD})
@Tag(name = "Aggregates")
final class VerificationResource {

  private static final String EXAMPLE_ID = "6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11";
  private static final String EXAMPLE =
      """
      {"id":"6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11","state":"done",\
      "startedAt":"2026-03-01T02:00:00Z","endedAt":"2026-03-01T02:01:04Z","shards":64,\
      "shardsDone":64,"pseudonyms":100000,"events":2000000,"waiting":0,\
      "pseudonymsPerSecond":1562.5,"equal":false,"findings":[\
      {"dataset":"purchase_history","shard":17,"what":"not-accounted-for","count":1}]}""";

  private final Verifications verifications;

  VerificationResource(Verifications verifications) {
    this.verifications = verifications;
  }

  @POST
  @Path("verify")
  @Operation(
      operationId = "verifyAggregates",
      summary = "Compare all aggregates with what the ledger gives",
      description =
          "Makes both histories of every pseudonym and all series anew from the events that count,"
              + " beside what is stored, and checks that signed manifests account for exactly the"
              + " rows there are. Purchases are taken and counted meanwhile. Nothing is changed. A"
              + " shard is compared in one snapshot; what waits to be counted is left out. While one"
              + " runs, that one is answered.")
  @APIResponse(
      responseCode = "202",
      description = "It runs; Location says where to look",
      headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
      content =
          @Content(
              schema = @Schema(implementation = VerificationView.class),
              examples = @ExampleObject(name = "a row was set back", value = EXAMPLE)))
  @APIResponse(responseCode = "401", description = "urn:tallykeep:problem:unauthenticated")
  @APIResponse(responseCode = "403", description = "urn:tallykeep:problem:forbidden")
  public Response verify() {
    VerificationView begun = verifications.begin();
    return Response.accepted(begun)
        .location(URI.create("/v1/aggregates/verifications/" + begun.id()))
        .build();
  }

  @GET
  @Path("verifications/{id}")
  @Operation(
      operationId = "getAggregateVerification",
      summary = "How far a verification has come, and what it found",
      description =
          "Kept in the memory of the replica that runs it, the last 16 of them: it changes nothing,"
              + " and one that is lost is begun again.")
  @APIResponse(
      responseCode = "200",
      description = "The verification",
      content =
          @Content(
              schema = @Schema(implementation = VerificationView.class),
              examples = @ExampleObject(name = "a row was set back", value = EXAMPLE)))
  @APIResponse(responseCode = "401", description = "urn:tallykeep:problem:unauthenticated")
  @APIResponse(responseCode = "403", description = "urn:tallykeep:problem:forbidden")
  @APIResponse(responseCode = "404", description = "urn:tallykeep:problem:verification-not-found")
  public VerificationView verification(@Parameter(example = EXAMPLE_ID) @PathParam("id") UUID id) {
    return verifications.get(id);
  }
}
