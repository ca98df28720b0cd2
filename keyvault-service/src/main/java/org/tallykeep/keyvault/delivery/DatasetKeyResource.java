package org.tallykeep.keyvault.delivery;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.access.Purpose;

/** Keys of datasets. */
@Path("/v1/dataset-keys/{purpose}")
@Authenticated
@ReleasesKeys
@Tag(name = "Dataset keys", description = "Versioned keys of ledger, aggregate, index, manifest")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(
    responseCode = "403",
    description = "urn:tallykeep:problem:purpose-not-allowed. The attempt is in the audit")
@APIResponse(responseCode = "404", description = "There is no such purpose")
@APIResponse(
    responseCode = "503",
    description = "The root key is sealed or away, or the audit cannot be written; see Retry-After")
public class DatasetKeyResource {

  private final Callers callers;
  private final DatasetDelivery delivery;

  DatasetKeyResource(Callers callers, DatasetDelivery delivery) {
    this.callers = callers;
    this.delivery = delivery;
  }

  @POST
  @Path("lease")
  @Operation(
      operationId = "leaseDatasetKey",
      summary = "The version to seal with",
      description =
          "Counts the messages as spent, whether they are used or not. After 2^31 messages a new"
              + " version takes over.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(name = "lease", value = "{\"messages\":65536}")))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:batch-too-large")
  @APIResponseSchema(
      value = DatasetMessages.Lease.class,
      responseCode = "200",
      responseDescription = "The current version")
  public DatasetMessages.Lease lease(
      @Parameter(description = "The dataset's purpose", example = "ledger") @RestPath
          String purpose,
      @NotNull @Valid DatasetMessages.LeaseRequest request) {
    return DatasetMessages.Lease.of(
        delivery.lease(callers.current(), named(purpose), request.messages()), request.messages());
  }

  @POST
  @Path("unwrap")
  @Operation(
      operationId = "unwrapDatasetKeys",
      summary = "The versions to open with",
      description = "The versions named, or all that are live; a destroyed one is left out.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(name = "all live versions", value = "{}")))
  @APIResponseSchema(
      value = DatasetMessages.Versions.class,
      responseCode = "200",
      responseDescription = "The versions, the oldest first")
  public DatasetMessages.Versions unwrap(
      @Parameter(description = "The dataset's purpose", example = "aggregate") @RestPath
          String purpose,
      @Valid DatasetMessages.@Nullable UnwrapRequest request) {
    Set<Integer> versions =
        Optional.ofNullable(request).map(DatasetMessages.UnwrapRequest::versions).orElse(Set.of());
    return DatasetMessages.Versions.of(
        delivery.unwrap(callers.current(), named(purpose), versions));
  }

  private static Purpose named(String purpose) {
    return Purpose.named(purpose).orElseThrow(NotFoundException::new);
  }
}
