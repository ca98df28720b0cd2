package org.tallykeep.keyvault.rotation;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
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
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.audit.Permission;

/** Rotation on demand, for security officers. */
@Path("/v1/rotations")
@Authenticated
@Tag(name = "Rotations", description = "Turning keys over; for security officers")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not a security officer")
public class RotationResource {

  private final Callers callers;
  private final Rotations rotations;
  private final Permission permission;

  RotationResource(Callers callers, Rotations rotations, Permission permission) {
    this.callers = callers;
    this.rotations = rotations;
    this.permission = permission;
  }

  /** A key to be turned over. */
  record RotationRequest(
      @Schema(description = "ledger, aggregate, manifest or audit") @NotNull Purpose purpose) {}

  /** A key that was turned over. */
  record View(
      UUID id,
      Purpose purpose,
      @Schema(description = "The version that seals since", examples = "2") int version,
      Instant at) {

    static View of(Rotation rotation) {
      return new View(rotation.id(), rotation.purpose(), rotation.version(), rotation.at());
    }
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "rotateDatasetKey",
      summary = "Turn a dataset key over",
      description =
          "A new version seals from now on, at every client within 5 seconds; what was sealed"
              + " before still opens.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(name = "the ledger", value = "{\"purpose\":\"ledger\"}")))
  @APIResponse(responseCode = "422", description = "A key that is not turned over")
  @APIResponseSchema(
      value = View.class,
      responseCode = "201",
      responseDescription = "The new version")
  public View rotate(@NotNull @Valid RotationRequest request) {
    String officer = permission.requireOfficer(callers.current(), "rotate");
    return View.of(rotations.rotate(request.purpose(), officer));
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
