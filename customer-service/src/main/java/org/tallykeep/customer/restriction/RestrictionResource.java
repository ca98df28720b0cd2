package org.tallykeep.customer.restriction;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.cards.Cards;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;

/** Restriction of processing. */
@Path("/v1/customers/{id}/restriction")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rights", description = "What a person may ask for; by privacy officers")
@APIResponse(responseCode = "403", description = "Not for your role")
@APIResponse(responseCode = "404", description = "No such customer, or no longer")
@APIResponse(responseCode = "503", description = "Keys cannot be had now; Retry-After")
final class RestrictionResource {

  private static final int LONGEST = 200;
  private static final String EXAMPLE =
      """
      {"restricted":true,"periods":[{"reason":"accuracy contested","from":"2026-03-02T08:00:00Z",\
      "by":"5d0c4a55-0b5e-4b0a-9d0e-2f6f3a1b7c11"}]}""";

  private final RestrictionChanges changes;
  private final Caller caller;

  RestrictionResource(RestrictionChanges changes, Caller caller) {
    this.changes = changes;
    this.caller = caller;
  }

  /** Why. */
  @Schema(name = "RestrictionRequest")
  public record Request(
      @Schema(
              description = "Why, in at most 200 characters",
              examples = "accuracy contested",
              required = true)
          @Nullable String reason) {
    @Override
    public String toString() {
      return "Request[…]";
    }
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.PRIVACY_OFFICER)
  @Operation(
      operationId = "restrictProcessing",
      summary = "Restrict the processing of a customer's data",
      description =
          "From now on it is stored and used for nothing else: it is not shown in the clear or changed"
              + " but for privacy officers, nothing is predicted, imports leave it as it is."
              + " Purchases are still taken, and counted in totals. Another reason begins another"
              + " period.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Request.class),
              examples =
                  @ExampleObject(
                      name = "contested",
                      value = "{\"reason\":\"accuracy contested\"}")))
  @APIResponse(
      responseCode = "200",
      description = "It is restricted",
      content =
          @Content(
              schema = @Schema(implementation = RestrictionView.class),
              examples = @ExampleObject(name = "restricted", value = EXAMPLE)))
  @APIResponse(responseCode = "400", description = "Not one JSON object")
  @APIResponse(responseCode = "422", description = "No reason, or one that cannot be taken")
  public RestrictionView restrict(@PathParam("id") UUID id, @Nullable Request request) {
    return shown(changes.restrict(id, checked(request), caller.name()));
  }

  @DELETE
  @RolesAllowed(Roles.PRIVACY_OFFICER)
  @Operation(
      operationId = "liftRestriction",
      summary = "Lift a restriction of processing",
      description = "The same if there was none. What was decided before stays on record.")
  @APIResponse(
      responseCode = "200",
      description = "It is not restricted",
      content =
          @Content(
              schema = @Schema(implementation = RestrictionView.class),
              examples =
                  @ExampleObject(
                      name = "never restricted",
                      value = "{\"restricted\":false,\"periods\":[]}")))
  public RestrictionView lift(@PathParam("id") UUID id) {
    return shown(changes.lift(id, caller.name()));
  }

  @GET
  @RolesAllowed({Roles.PRIVACY_OFFICER, Roles.DATA_STEWARD})
  @Operation(
      operationId = "readRestriction",
      summary = "Whether processing is restricted, and what was decided before")
  @APIResponse(
      responseCode = "200",
      description = "The newest period first",
      content =
          @Content(
              schema = @Schema(implementation = RestrictionView.class),
              examples = @ExampleObject(name = "restricted", value = EXAMPLE)))
  public RestrictionView read(@PathParam("id") UUID id) {
    return shown(changes.read(id));
  }

  private static RestrictionView shown(Optional<Restriction> restriction) {
    return restriction
        .map(RestrictionView::of)
        .orElseThrow(
            () ->
                new Refusal.NotFound(
                    "customer-not-found", "There is no customer with this id, or no longer."));
  }

  private static String checked(@Nullable Request request) {
    if (request == null) {
      throw new Refusal.Incomplete("body-missing", "Send the reason as a JSON object.");
    }
    String reason = request.reason == null ? "" : request.reason.strip();
    if (reason.isEmpty()) {
      throw refused("missing", "Say why it is restricted.");
    }
    if (reason.length() > LONGEST) {
      throw refused("too-long", "At most " + LONGEST + " characters.");
    }
    if (reason.codePoints().anyMatch(Character::isISOControl)) {
      throw refused("control-character", "Control characters are refused.");
    }
    if (Cards.contains(reason)) {
      throw refused("card-number", "Reads as a payment card number, which must not be stored.");
    }
    return reason;
  }

  private static Refusal refused(String code, String detail) {
    return new Refusal.Invalid("restriction-refused", code, "reason", detail);
  }
}
