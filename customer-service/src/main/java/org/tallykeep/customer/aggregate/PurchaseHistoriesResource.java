package org.tallykeep.customer.aggregate;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.RevisionCursor;

/** Sealed histories for the service that may open them, and for nobody else. */
@Path("/v1/aggregates/purchase-histories")
@Tag(name = "Aggregates", description = "Sealed figures under pseudonyms, between services.")
@RolesAllowed("key-client")
class PurchaseHistoriesResource {

  private static final String READER = "analytics-service";

  private final HistoryExport export;
  private final JsonWebToken token;

  PurchaseHistoriesResource(HistoryExport export, JsonWebToken token) {
    this.export = export;
    this.token = token;
  }

  @GET
  @Produces(HistoryStream.MEDIA_TYPE)
  @Operation(
      summary = "Stream sealed purchase histories",
      description =
          "A CBOR sequence of a header with the manifests, the histories that are newer than the"
              + " cursor, and an end, out of one snapshot; docs/formats.md has the layout. A stream"
              + " without its end was broken off.")
  @APIResponse(
      responseCode = "200",
      description = "The histories",
      content =
          @Content(
              mediaType = HistoryStream.MEDIA_TYPE,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:malformed-request")
  @APIResponse(responseCode = "403", description = "urn:tallykeep:problem:forbidden")
  public StreamingOutput histories(
      @Parameter(
              description = "The cursor of the last complete stream's header; without it, all.",
              example = "")
          @QueryParam("afterRevision")
          @DefaultValue("")
          String afterRevision) {
    if (!READER.equals(token.getClaim("azp"))) {
      throw new ForbiddenException();
    }
    RevisionCursor after = cursor(afterRevision);
    return output -> export.write(after, output);
  }

  private static RevisionCursor cursor(String text) {
    try {
      return RevisionCursor.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("afterRevision", e);
    }
  }
}
