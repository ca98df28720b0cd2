package org.tallykeep.keyvault.erasure;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.delivery.Batch;

/** Which keys are destroyed, for a service whose data were set back. */
@Path("/v1/revocations")
@Authenticated
@Tag(name = "Erasure", description = "Keys destroyed for good, with a receipt")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "urn:tallykeep:problem:purpose-not-allowed")
public class RevocationResource {

  private final Callers callers;
  private final Destruction destruction;

  RevocationResource(Callers callers, Destruction destruction) {
    this.callers = callers;
    this.destruction = destruction;
  }

  @POST
  @Path("match")
  @Operation(
      operationId = "matchRevocations",
      summary = "Which of these keys are destroyed, and how",
      description =
          "For the customer service after a restore: what it has to erase anew. No other caller can"
              + " tell a destroyed key from one that never was.")
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:batch-too-large")
  @APIResponseSchema(
      value = ErasureRequests.Matched.class,
      responseCode = "200",
      responseDescription = "Those that are destroyed")
  public ErasureRequests.Matched match(@NotNull @Valid ErasureRequests.Match request) {
    Batch.check(request.ids());
    return ErasureRequests.Matched.of(
        destruction.match(callers.current(), request.kind(), request.ids()));
  }
}
