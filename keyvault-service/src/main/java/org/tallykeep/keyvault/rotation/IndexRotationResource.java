package org.tallykeep.keyvault.rotation;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.access.PurposeMatrix;
import org.tallykeep.keyvault.audit.Permission;

/** The index key's rotation, for the service that makes the tags anew. */
@Path("/v1/index-rotations")
@Authenticated
@Tag(name = "Re-indexing", description = "Look-up tags that are made anew under another key")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not the customer service")
public class IndexRotationResource {

  private final Callers callers;
  private final Permission permission;
  private final IndexRotations rotations;

  IndexRotationResource(Callers callers, Permission permission, IndexRotations rotations) {
    this.callers = callers;
    this.permission = permission;
    this.rotations = rotations;
  }

  /** Tags to be made anew. */
  record Reindexing(
      UUID id,
      @Schema(description = "The version that all tags are to be made with", examples = "2")
          int version) {

    static Reindexing of(Rotation rotation) {
      return new Reindexing(rotation.id(), rotation.progress().version().orElseThrow());
    }
  }

  /** What is under way: one at most. */
  record UnderWay(List<Reindexing> rotations) {}

  /** So many rows have their new tags. */
  record Retagged(
      @PositiveOrZero long done, @Schema(description = "Of so many") @PositiveOrZero long total) {}

  @GET
  @Operation(
      operationId = "listIndexRotations",
      summary = "What tags are to be made anew for",
      description =
          "Open the values on the standing grant reindex, store their tags under the version named"
              + " beside the others, drop those, then say so. For the customer service only.")
  @APIResponseSchema(
      value = UnderWay.class,
      responseCode = "200",
      responseDescription = "One, or none when there is nothing to do")
  public UnderWay list() {
    if (!PurposeMatrix.mayReindex(callers.current())) {
      // Asked every few seconds by every replica: written down only where it is refused.
      allowed("list-index-rotations");
    }
    return new UnderWay(rotations.underWay().stream().map(Reindexing::of).toList());
  }

  @PUT
  @Path("{id}/progress")
  @Operation(operationId = "noteIndexRotation", summary = "Say how far it is")
  @APIResponse(responseCode = "204", description = "Noted")
  @APIResponse(responseCode = "404", description = "There is no such rotation")
  @APIResponse(responseCode = "409", description = "It is over")
  public void note(@RestPath UUID id, @NotNull @Valid Retagged retagged) {
    allowed("note-index-rotation");
    rotations.note(id, retagged.done(), Math.max(retagged.done(), retagged.total()));
  }

  @PUT
  @Path("{id}/completion")
  @Operation(
      operationId = "completeIndexRotation",
      summary = "Say that no tag of another version is left",
      description =
          "Other versions are handed out no more, and destroyed once no backup needs them, but for"
              + " those with which marks of erased customers were made. Said again it changes"
              + " nothing.")
  @APIResponse(responseCode = "204", description = "Done")
  @APIResponse(responseCode = "404", description = "There is no such rotation")
  public void complete(
      @RestPath UUID id,
      @Parameter(description = "Versions that are still needed, at most 100")
          @RestQuery
          @Size(max = 100)
          List<Integer> keep) {
    allowed("complete-index-rotation");
    rotations.complete(id, Set.copyOf(keep));
  }

  private void allowed(String action) {
    Caller caller = callers.current();
    permission.require(PurposeMatrix.mayReindex(caller), caller, action);
  }
}
