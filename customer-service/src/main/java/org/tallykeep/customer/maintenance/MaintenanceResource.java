package org.tallykeep.customer.maintenance;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;

/** The jobs that otherwise run at night, on demand. */
@Path("/v1/maintenance")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Maintenance", description = "What otherwise runs at night")
final class MaintenanceResource {

  private final Instance<MaintenanceJob> jobs;

  MaintenanceResource(Instance<MaintenanceJob> jobs) {
    this.jobs = jobs;
  }

  @POST
  @Path("{job}")
  @RolesAllowed(Roles.SECURITY_OFFICER)
  @Operation(operationId = "runMaintenance", summary = "Run a job to its end")
  @APIResponse(responseCode = "200", description = "What was done, in counts")
  @APIResponse(responseCode = "404", description = "No such job")
  @APIResponse(responseCode = "409", description = "Not what the job is for at the moment")
  public Map<String, Long> run(
      @Parameter(
              schema =
                  @Schema(
                      enumeration = {
                        "mix",
                        "mix-histories",
                        "rewrite",
                        "close-partition",
                        "refill-pool",
                        "reindex",
                        "rekey",
                        "let-go-unnamed-buyers",
                        "replay-erasures"
                      }))
          @PathParam("job")
          String name) {
    return jobs.stream()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal.NotFound(
                    "job-not-found",
                    "There are the jobs mix, mix-histories, rewrite, close-partition, refill-pool,"
                        + " reindex, rekey, let-go-unnamed-buyers and replay-erasures."))
        .run();
  }
}
