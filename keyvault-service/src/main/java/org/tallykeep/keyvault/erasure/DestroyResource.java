package org.tallykeep.keyvault.erasure;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.delivery.Batch;

/** The end of keys. */
@Path("/v1/keys/destroy")
@Authenticated
@Tag(name = "Erasure", description = "Keys destroyed for good, with a receipt")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "urn:tallykeep:problem:purpose-not-allowed")
public class DestroyResource {

  private final Callers callers;
  private final Destruction destruction;

  DestroyResource(Callers callers, Destruction destruction) {
    this.callers = callers;
    this.destruction = destruction;
  }

  @POST
  @Operation(
      operationId = "destroyKeys",
      summary = "Destroy keys",
      description =
          "Destroys the keys in all their versions and answers with a signed receipt, once every"
              + " client that keeps keys has dropped them. Asked again for the same keys it"
              + " answers with another receipt. For the customer service only.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "one customer",
                      value =
                          """
                          {"kind":"subject","mode":"sever","caseId":"DSR-2026-17",
                           "ids":["6f9c1e2a-52a4-4f6e-9a54-0a5b1e6f2a11"]}""")))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:batch-too-large")
  @APIResponse(responseCode = "429", description = "urn:tallykeep:problem:over-budget")
  @APIResponse(
      responseCode = "503",
      description = "The ledger, the audit or the signing key is away: ask again")
  @APIResponseSchema(
      value = ErasureRequests.Destroyed.class,
      responseCode = "200",
      responseDescription = "They are destroyed")
  public ErasureRequests.Destroyed destroy(@NotNull @Valid ErasureRequests.Destroy request) {
    Batch.check(request.ids());
    return new ErasureRequests.Destroyed(
        destruction.destroy(
            callers.current(),
            request.kind(),
            request.mode(),
            request.ids(),
            Optional.ofNullable(request.caseId())));
  }
}
