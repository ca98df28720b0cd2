package org.tallykeep.analytics.prediction;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.analytics.model.Horizon;
import org.tallykeep.analytics.platform.CallingService;
import org.tallykeep.analytics.platform.Roles;

/** Predictions over HTTP, for the customer service, which alone knows whose they are. */
@Path("/v1/predictions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "predictions")
final class PredictionResource {

  private static final String CUSTOMER_SERVICE = "customer-service";

  private final Predictions predictions;
  private final CallingService caller;

  PredictionResource(Predictions predictions, CallingService caller) {
    this.predictions = predictions;
    this.caller = caller;
  }

  @POST
  @RolesAllowed(Roles.KEY_CLIENT)
  @Operation(
      summary = "Expected purchase days of purchasers, by pseudonym",
      description =
          "For the customer service's own token only. Answers in the order of `purchasers`, or the"
              + " `top` ones with the most expected purchase days first. Where nothing can be"
              + " predicted `eligible` is false and `reason` says why.")
  @APIResponse(responseCode = "200", description = "One element a purchaser")
  @APIResponse(
      responseCode = "403",
      description = "`urn:tallykeep:problem:other-service`: not the customer service")
  @APIResponse(
      responseCode = "422",
      description = "`urn:tallykeep:problem:horizon-out-of-range`: no such horizon")
  @APIResponse(
      responseCode = "503",
      description = "`urn:tallykeep:problem:histories-loading`: try again in a few seconds")
  public List<Prediction> predict(@NotNull @Valid PredictionRequest request) {
    caller.require(CUSTOMER_SERVICE);
    Horizon horizon = new Horizon(request.horizonDays());
    return request.purchasers() == null
        ? predictions.top(requireNonNull(request.top()), horizon)
        : predictions.of(request.purchasers(), horizon);
  }
}
