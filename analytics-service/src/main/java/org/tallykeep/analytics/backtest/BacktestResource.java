package org.tallykeep.analytics.backtest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.analytics.model.Horizon;
import org.tallykeep.analytics.platform.Roles;

/** Backtests over HTTP. */
@Path("/v1/backtests")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "backtests")
final class BacktestResource {

  private final Backtests backtests;

  BacktestResource(Backtests backtests) {
    this.backtests = backtests;
  }

  @POST
  @RolesAllowed({
    Roles.MARKETER,
    Roles.CAMPAIGN_MANAGER,
    Roles.DATA_STEWARD,
    Roles.SECURITY_OFFICER
  })
  @Operation(
      summary = "How well a model fitted to the past foretold what came after",
      description =
          "Fits on purchases on or before `until` and compares the purchase days expected in the"
              + " `horizonDays` after it with those that came. `bias` is predicted / actual - 1;"
              + " `mae` and `rmse` are per customer. With too little data a model is"
              + " `eligible: false` with the reason.")
  @APIResponse(responseCode = "200", description = "The comparison")
  @APIResponse(
      responseCode = "422",
      description =
          "`urn:tallykeep:problem:horizon-out-of-range`, `…:nothing-to-compare-with`,"
              + " `…:horizon-beyond-data` or `…:no-purchases`; the detail says what to choose")
  @APIResponse(
      responseCode = "503",
      description = "`urn:tallykeep:problem:histories-loading`: try again in a few seconds")
  public Backtest run(@NotNull @Valid BacktestRequest request) {
    return backtests.run(request.until(), new Horizon(request.horizonDays()));
  }
}
