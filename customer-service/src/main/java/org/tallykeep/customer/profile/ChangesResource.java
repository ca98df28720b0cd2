package org.tallykeep.customer.profile;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;
import org.tallykeep.customer.restriction.Restrictions;

/** What was changed of a customer. */
@Path("/v1/customers/{id}/changes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customers", description = "Who customers are; sealed, shown masked")
final class ChangesResource {

  private static final int MOST = 100;

  private final ChangesReader reader;
  private final Restrictions restrictions;
  private final Caller caller;

  ChangesResource(ChangesReader reader, Restrictions restrictions, Caller caller) {
    this.reader = reader;
    this.restrictions = restrictions;
    this.caller = caller;
  }

  @GET
  @RolesAllowed(Roles.DATA_STEWARD)
  @Operation(
      operationId = "listCustomerChanges",
      summary = "Who changed a customer, when, why, and what was there before",
      description =
          "In the clear, so it needs a reason and counts as a reveal of identity and contact.")
  @APIResponse(responseCode = "200", description = "Changes, the newest first")
  @APIResponse(responseCode = "400", description = "No header Purpose, or a wrong limit or cursor")
  @APIResponse(
      responseCode = "403",
      description = "Not for your role, or urn:tallykeep:problem:processing-restricted")
  @APIResponse(responseCode = "404", description = "No such customer, or no longer")
  @APIResponse(responseCode = "429", description = "Your budget of records is spent; Retry-After")
  @APIResponse(responseCode = "503", description = "Keys cannot be had now; Retry-After")
  public ChangesReader.Page list(
      @PathParam("id") UUID id,
      @Parameter(description = "At most so many, 1 to 100") @QueryParam("limit") @DefaultValue("20")
          int limit,
      @Parameter(description = "`nextCursor` of the page before") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "Why, in at most 100 characters") @HeaderParam("Purpose")
          @Nullable String purpose) {
    String reason = Reveal.requireReason(purpose);
    if (limit < 1 || limit > MOST) {
      throw new Refusal.Incomplete("wrong-limit", "limit is a number from 1 to " + MOST + ".");
    }
    restrictions.require(id, caller);
    return reader
        .page(id, before(cursor), limit, new Keys.Asking(caller.token(), reason))
        .orElseThrow(CustomerResource::notFound);
  }

  private static int before(@Nullable String cursor) {
    if (cursor == null) {
      return Integer.MAX_VALUE;
    }
    if (!cursor.matches("[0-9]{1,7}")) {
      throw new Refusal.Incomplete("wrong-cursor", "Send nextCursor as it was answered.");
    }
    return Integer.parseInt(cursor);
  }
}
