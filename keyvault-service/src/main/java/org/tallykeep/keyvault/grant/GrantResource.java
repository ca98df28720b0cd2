package org.tallykeep.keyvault.grant;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Set;
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
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.PurposeMatrix;
import org.tallykeep.keyvault.audit.Permission;

/** Leave for jobs. */
@Path("/v1/grants")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Grants", description = "Leave for jobs that outlive a person's token")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not allowed, or frozen")
public class GrantResource {

  private final Callers callers;
  private final JobGrants grants;
  private final Permission permission;

  GrantResource(Callers callers, JobGrants grants, Permission permission) {
    this.callers = callers;
    this.grants = grants;
    this.permission = permission;
  }

  /** A job that a person submits. */
  record GrantRequest(
      @Schema(description = "What the service calls the job", examples = "campaign-2026-17")
          @NotBlank
          @Size(max = 100)
          String job,
      @NotEmpty Set<@NotNull Purpose> purposes,
      @Schema(description = "For each purpose", examples = "5000") @Min(1) @Max(Integer.MAX_VALUE)
          long maxRecords,
      @Schema(description = "At most 24 hours from now") @NotNull Instant notAfter,
      @Schema(description = "What happens at a decoy: refuse, skip or include") @NotNull
          DecoyRule decoys) {}

  /** A grant as it stands. */
  record Grant(
      UUID id,
      String job,
      Set<Purpose> purposes,
      long maxRecords,
      Instant notAfter,
      DecoyRule decoys,
      @Schema(description = "pending (waits for a second officer), active or cancelled")
          String state) {

    static Grant of(JobGrant grant) {
      return new Grant(
          grant.id(),
          grant.job(),
          grant.purposes(),
          grant.maxRecords(),
          grant.notAfter(),
          grant.decoys(),
          grant.state().name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "submitJob",
      summary = "Ask leave for a job",
      description =
          "By a person through the customer service. Charged at once for all its records; the"
              + " service then names the grant's id when it asks for keys. It waits for a second"
              + " officer if the person's jobs of the last 24 hours that waited for nobody and this"
              + " one together are large, or if a privacy officer had many.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "a campaign",
                      value =
                          """
                          {"job":"campaign-2026-17","purposes":["reidentify","contact"],
                           "maxRecords":5000,"notAfter":"2026-03-02T08:00:00Z","decoys":"refuse"}""")))
  @APIResponse(responseCode = "422", description = "No such grant can be given")
  @APIResponse(responseCode = "429", description = "More than the person's budget leaves")
  @APIResponseSchema(
      value = Grant.class,
      responseCode = "201",
      responseDescription = "The grant; pending when a second officer has to approve it")
  public Grant submit(@NotNull @Valid GrantRequest request) {
    Caller caller = callers.current();
    permission.require(
        PurposeMatrix.maySubmitJob(caller, request.purposes()), caller, "submit-job");
    return Grant.of(
        grants.submit(
            (Caller.Person) caller,
            new JobGrants.Submission(
                request.job(),
                request.purposes(),
                request.maxRecords(),
                request.notAfter(),
                request.decoys())));
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "findGrant", summary = "A grant as it stands")
  @APIResponse(responseCode = "404", description = "There is no such grant")
  @APIResponseSchema(value = Grant.class, responseCode = "200", responseDescription = "The grant")
  public Grant find(@RestPath UUID id) {
    Caller caller = callers.current();
    JobGrant grant = grants.find(id);
    permission.require(isOf(caller, grant), caller, "find-grant");
    return Grant.of(grant);
  }

  @POST
  @Path("{id}/approval")
  @Operation(
      operationId = "approveGrant",
      summary = "Approve a large job",
      description = "By a security officer who did not submit it.")
  @APIResponse(responseCode = "404", description = "There is no such grant")
  @APIResponseSchema(value = Grant.class, responseCode = "200", responseDescription = "The grant")
  public Grant approve(@RestPath UUID id) {
    Caller caller = callers.current();
    String officer = permission.requireOfficer(caller, "approve-grant");
    return Grant.of(grants.approve(id, officer));
  }

  @DELETE
  @Path("{id}")
  @Operation(
      operationId = "cancelGrant",
      summary = "End a grant",
      description = "By whoever submitted it, its service, or a security officer.")
  @APIResponse(responseCode = "404", description = "There is no such grant")
  @APIResponseSchema(value = Grant.class, responseCode = "200", responseDescription = "The grant")
  public Grant cancel(@RestPath UUID id) {
    Caller caller = callers.current();
    permission.require(isOf(caller, grants.find(id)), caller, "cancel-grant");
    return Grant.of(grants.cancel(id));
  }

  private static boolean isOf(Caller caller, JobGrant grant) {
    return PurposeMatrix.isOfficer(caller)
        || switch (caller) {
          case Caller.Service service -> service.client().equals(grant.client());
          case Caller.Person person ->
              person.client().equals(grant.client()) && person.subject().equals(grant.person());
        };
  }
}
