package org.tallykeep.keyvault.containment;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.audit.Permission;
import org.tallykeep.keyvault.incident.Incidents;

/** Replacing what a principal was given, for security officers. */
@Path("/v1/incidents/{id}/contain")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Incidents", description = "What may have been a theft; for security officers")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not a security officer")
@APIResponse(
    responseCode = "404",
    description = "There is no such incident, or it is not contained")
public class ContainmentResource {

  private final Callers callers;
  private final Permission permission;
  private final Incidents incidents;
  private final Containments containments;

  ContainmentResource(
      Callers callers, Permission permission, Incidents incidents, Containments containments) {
    this.callers = callers;
    this.permission = permission;
    this.incidents = incidents;
    this.containments = containments;
  }

  /** A containment as it stands. */
  @Schema(name = "Containment")
  record View(
      UUID incident,
      Containment.State state,
      @Schema(description = "What is done next, or was done last") Containment.Step step,
      @Schema(
              description =
                  "Of so many keys, made in the step keys and sealed in reseal: of all containments"
                      + " under way, for no table says which key is whose, and none is done while"
                      + " one waits. Where it stands still in reseal, see /v1/rekeys/given-up")
          long done,
      long total,
      @Schema(
              description =
                  "Keys of any containment that officers gave up while this one was under way: what"
                      + " lies under their older version does not open any more. In the audit: action"
                      + " give-up-rekeys")
          long givenUp,
      @Schema(
              description =
                  "Faults of the audit that the keys were counted from, and entries of the time that"
                      + " cannot be read. Above 0 more may have been handed out than is replaced:"
                      + " see the exposure report, and open incidents about whoever may be behind."
                      + " Left out before the count, or when the audit could not be verified")
          @Nullable Long auditFaults,
      Instant startedAt,
      @Nullable Instant finishedAt) {

    static View of(Containment containment) {
      return new View(
          containment.incident(),
          containment.state(),
          containment.step(),
          containment.done(),
          containment.total(),
          containment.givenUp(),
          containment.auditFaults().orElse(null),
          containment.startedAt(),
          containment.finishedAt().orElse(null));
    }
  }

  @POST
  @ResponseStatus(202)
  @Operation(
      operationId = "contain",
      summary = "Replace what the principal was given",
      description =
          "A job: new versions of the customers' and purchasers' keys that were handed out, and of"
              + " the dataset keys; done once the customer service has sealed everything under"
              + " them. Asked again it tells how far it is.")
  @APIResponseSchema(
      value = View.class,
      responseCode = "202",
      responseDescription = "The job as it stands")
  public View contain(@RestPath UUID id) {
    String officer = permission.requireOfficer(callers.current(), "contain");
    return View.of(
        containments.begin(incidents.find(id).orElseThrow(NotFoundException::new), officer));
  }

  @GET
  @Operation(operationId = "findContainment", summary = "How far a containment is")
  @APIResponseSchema(value = View.class, responseCode = "200", responseDescription = "The job")
  public View find(@RestPath UUID id) {
    permission.requireOfficer(callers.current(), "find-containment");
    return View.of(containments.find(id).orElseThrow(NotFoundException::new));
  }
}
