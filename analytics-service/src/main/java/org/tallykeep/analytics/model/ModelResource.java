package org.tallykeep.analytics.model;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.analytics.platform.AnalyticsProblem;
import org.tallykeep.analytics.platform.Roles;

/** Model cards over HTTP. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "models")
final class ModelResource {

  private final CurrentModel current;

  ModelResource(CurrentModel current) {
    this.current = current;
  }

  @GET
  @Path("/current")
  @RolesAllowed({
    Roles.MARKETER,
    Roles.CAMPAIGN_MANAGER,
    Roles.DATA_STEWARD,
    Roles.SECURITY_OFFICER,
    Roles.KEY_CLIENT
  })
  @Operation(
      summary = "The card of the model in use",
      description =
          "What the model was fitted to, its parameters and how well it fits. With too little data"
              + " `eligible` is false and `reason` says what is missing.")
  @APIResponse(responseCode = "200", description = "The card")
  @APIResponse(
      responseCode = "503",
      description = "`urn:tallykeep:problem:histories-loading`: nothing was fitted yet")
  public ModelCard current() {
    return current.card().orElseThrow(AnalyticsProblem.StillLoading::new);
  }
}
