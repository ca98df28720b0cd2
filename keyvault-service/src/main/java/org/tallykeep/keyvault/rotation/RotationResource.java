package org.tallykeep.keyvault.rotation;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.audit.Permission;
import org.tallykeep.keyvault.rotation.Rotation.Kind;
import org.tallykeep.keyvault.rotation.Rotation.State;

/** Rotation on demand, for security officers. */
@Path("/v1/rotations")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rotations", description = "Turning keys over; for security officers")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not a security officer")
public class RotationResource {

  private final Callers callers;
  private final Rotations rotations;
  private final RotationRunner runner;
  private final Permission permission;

  RotationResource(
      Callers callers, Rotations rotations, RotationRunner runner, Permission permission) {
    this.callers = callers;
    this.rotations = rotations;
    this.runner = runner;
    this.permission = permission;
  }

  /** Keys to be turned over. */
  record RotationRequest(
      @Schema(description = "root, branches or dataset; dataset when a purpose is given alone")
          @Nullable Kind kind,
      @Schema(description = "The dataset: ledger, aggregate, manifest, audit or index")
          @Nullable Purpose purpose,
      @Schema(
              description =
                  "For the index key: also when the last rotation could not be reopened any more")
          @Nullable Boolean force) {}

  /** A rotation as it stands. */
  record View(
      UUID id,
      Kind kind,
      @Nullable Purpose purpose,
      @Schema(
              description = "The version that was made, of a dataset or of the root",
              examples = "2")
          @Nullable Integer version,
      State state,
      @Schema(description = "What is done next, or was done last", examples = "rewrap") String step,
      @Schema(description = "Of so many keys", examples = "120000") long done,
      @Schema(description = "So many keys", examples = "1000000") long total,
      Instant startedAt,
      @Schema(description = "When it goes on, where it waits") @Nullable Instant nextAt,
      @Nullable Instant finishedAt,
      @Schema(
              description = "Why it failed, or is being tried again",
              examples = "root-key-unavailable")
          @Nullable String reason) {

    static View of(Rotation rotation) {
      Progress progress = rotation.progress();
      return new View(
          rotation.id(),
          rotation.kind(),
          rotation.purpose().orElse(null),
          progress.version().orElse(null),
          progress.state(),
          progress.step(),
          progress.done(),
          progress.total(),
          rotation.startedAt(),
          progress.nextAt().orElse(null),
          progress.finishedAt().orElse(null),
          progress.reason().orElse(null));
    }
  }

  /** Rotations, the newest first. */
  record Views(List<View> rotations) {}

  @POST
  @Operation(
      operationId = "rotate",
      summary = "Turn keys over",
      description =
          "A dataset's key at once: a new version seals from now on, at every client within 5"
              + " seconds; what was sealed before still opens. The root key and the branch keys by"
              + " a job, while requests run: GET /v1/rotations/{id} until it is done. That of the"
              + " branch keys waits at its end for tallykeep.branches.max-age (15 minutes), until no"
              + " replica can use an older version any more. The index key is turned over by a job,"
              + " too: it has two versions until the customer service has made all tags anew;"
              + " then the older one is handed out no more, and destroyed with the last backup.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples = {
                @ExampleObject(
                    name = "the ledger",
                    value = "{\"kind\":\"dataset\",\"purpose\":\"ledger\"}"),
                @ExampleObject(
                    name = "the index of tags",
                    value = "{\"kind\":\"dataset\",\"purpose\":\"index\"}"),
                @ExampleObject(name = "the root key", value = "{\"kind\":\"root\"}"),
                @ExampleObject(name = "all branch keys", value = "{\"kind\":\"branches\"}")
              }))
  @APIResponse(
      responseCode = "201",
      description = "A dataset's key that was turned over",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(
      responseCode = "202",
      description = "A job that was begun",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "urn:tallykeep:problem:rotation-under-way, or urn:tallykeep:problem:rotation-can-be-reopened")
  @APIResponse(responseCode = "422", description = "A key that is not turned over")
  public RestResponse<View> rotate(@NotNull @Valid RotationRequest request) {
    String officer = permission.requireOfficer(callers.current(), "rotate");
    Kind kind = request.kind() == null ? Kind.DATASET : request.kind();
    Purpose purpose = request.purpose();
    if ((kind == Kind.DATASET) == (purpose == null)) {
      throw RotationRefused.unclear();
    }
    return answer(
        purpose != null
            ? rotations.rotate(
                purpose, new IndexRotations.Asking(officer, Boolean.TRUE.equals(request.force())))
            : rotations.start(kind, runner.stepsOf(kind), officer));
  }

  private static RestResponse<View> answer(Rotation rotation) {
    RestResponse.Status status =
        rotation.progress().state().isOver()
            ? RestResponse.Status.CREATED
            : RestResponse.Status.ACCEPTED;
    return RestResponse.ResponseBuilder.create(status, View.of(rotation))
        .location(URI.create("/v1/rotations/" + rotation.id()))
        .build();
  }

  @POST
  @Path("{id}/reopen")
  @Operation(
      operationId = "reopenRotation",
      summary = "Go back on a rotation of the index key",
      description =
          "For a customer database that was restored from before the rotation was done: both"
              + " versions are handed out again, and the customer service makes its tags anew once"
              + " more. Only the newest rotation, as long as tallykeep.backup.retention is not"
              + " over.")
  @APIResponseSchema(
      value = View.class,
      responseCode = "202",
      responseDescription = "The rotation, which waits again")
  @APIResponse(responseCode = "404", description = "There is no such rotation of the index key")
  @APIResponse(responseCode = "409", description = "urn:tallykeep:problem:rotation-not-reopened")
  @ResponseStatus(202)
  public View reopen(@RestPath UUID id) {
    permission.requireOfficer(callers.current(), "reopen-rotation");
    return View.of(rotations.reopen(id));
  }

  @GET
  @Operation(operationId = "listRotations", summary = "The newest rotations")
  @APIResponseSchema(
      value = Views.class,
      responseCode = "200",
      responseDescription = "At most 200, the newest first")
  public Views list() {
    permission.requireOfficer(callers.current(), "list-rotations");
    return new Views(rotations.newest().stream().map(View::of).toList());
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "findRotation", summary = "A rotation")
  @APIResponse(responseCode = "404", description = "There is no such rotation")
  @APIResponseSchema(value = View.class, responseCode = "200", responseDescription = "The rotation")
  public View find(@RestPath UUID id) {
    permission.requireOfficer(callers.current(), "find-rotation");
    return View.of(rotations.find(id));
  }
}
