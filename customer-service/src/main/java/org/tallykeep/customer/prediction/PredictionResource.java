package org.tallykeep.customer.prediction;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;

/** Predictions by customer. */
@Path("/v1/predictions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Predictions", description = "Who will buy again, and how often")
final class PredictionResource {

  private final PredictionService predictions;

  PredictionResource(PredictionService predictions) {
    this.predictions = predictions;
  }

  @POST
  @RolesAllowed({
    Roles.MARKETER,
    Roles.CAMPAIGN_MANAGER,
    Roles.DATA_STEWARD,
    Roles.PRIVACY_OFFICER,
    Roles.SECURITY_OFFICER
  })
  @Operation(
      operationId = "predict",
      summary = "Expected purchase days of customers, masked",
      description = "Of the customers named, or of the top ones with the most expected first.")
  @APIResponse(responseCode = "200", description = "One element a customer")
  @APIResponse(responseCode = "422", description = "A field is wrong; `field` names it")
  @APIResponse(responseCode = "503", description = "Loading, or a service is away; Retry-After")
  public Predictions predict(@Nullable PredictionRequest request) {
    if (request == null) {
      throw new Refusal.Incomplete("body-missing", "Send the request as a JSON object.");
    }
    PredictionRequest checked = request.checked();
    return checked.customers() != null
        ? predictions.of(checked.customers(), checked.days())
        : predictions.top(checked.top() == null ? 0 : checked.top(), checked.days());
  }
}
