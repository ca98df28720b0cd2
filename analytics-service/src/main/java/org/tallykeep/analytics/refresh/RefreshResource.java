package org.tallykeep.analytics.refresh;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.analytics.platform.Roles;

/** The refresh on demand. */
@Path("/v1/refresh")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "refresh")
final class RefreshResource {

  private final Refresher refresher;

  RefreshResource(Refresher refresher) {
    this.refresher = refresher;
  }

  @POST
  @RolesAllowed({Roles.KEY_CLIENT, Roles.DATA_STEWARD})
  @Operation(
      summary = "Load what is new and fit anew",
      description =
          "Answers when the histories are loaded and the model is fitted. The same happens on a"
              + " schedule. When it fails, the histories and the model before stay in use.")
  @APIResponse(responseCode = "200", description = "What is in memory now")
  @APIResponse(
      responseCode = "503",
      description =
          "`urn:tallykeep:problem:histories-stream-broken`, `…:histories-not-accounted-for`, or"
              + " another service is away")
  public Refreshed refresh() {
    return refresher.now();
  }
}
