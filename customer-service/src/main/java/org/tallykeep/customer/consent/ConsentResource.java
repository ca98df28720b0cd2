package org.tallykeep.customer.consent;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.customer.imports.Bodies;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowReader;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;

/** What a customer allowed. */
@Path("/v1/customers/{id}/consents")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Consents", description = "What customers allowed, by purpose")
@APIResponse(responseCode = "400", description = "Malformed; `field` names what is")
@APIResponse(responseCode = "401", description = "No token, or one that is not good")
@APIResponse(responseCode = "403", description = "Not for your role")
@APIResponse(
    responseCode = "404",
    description = "urn:tallykeep:problem:customer-not-found: no such customer, or no longer")
@APIResponse(responseCode = "503", description = "Keys cannot be had now; Retry-After")
final class ConsentResource {

  private static final RowReader<ConsentRequest> JSON = JsonRows.of(ConsentRequest.class);
  private static final String CURRENT =
      """
      {"consents":[{"purpose":"email-marketing","decision":"granted","source":"web-shop",
       "at":"2026-04-30T09:15:00Z","wording":"2026-01"}]}
      """;
  private static final String HISTORY =
      """
      {"consents":[{"purpose":"email-marketing","decision":"granted","source":"web-shop",
       "at":"2026-04-30T09:15:00Z","wording":"2026-01","received":"2026-05-01T10:00:00Z",
       "recorder":{"kind":"import","name":"ingest"}}]}
      """;
  private static final String GRANTED =
      """
      {"decision":"granted","source":"web-shop","at":"2026-04-30T09:15:00Z","wording":"2026-01"}
      """;

  private final Consents consents;
  private final ConsentChecks checks;
  private final Caller caller;

  ConsentResource(Consents consents, ConsentChecks checks, Caller caller) {
    this.consents = consents;
    this.checks = checks;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({
    Roles.MARKETER,
    Roles.CAMPAIGN_MANAGER,
    Roles.DATA_STEWARD,
    Roles.PRIVACY_OFFICER,
    Roles.SECURITY_OFFICER
  })
  @Operation(
      operationId = "readConsents",
      summary = "What a customer allows and refuses now",
      description = "Of each purpose what they said last; without an element they said nothing.")
  @APIResponse(
      responseCode = "200",
      description = "By purpose; ETag names the revision",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConsentViews.Current.class),
              examples = @ExampleObject(name = "granted", value = CURRENT)))
  @APIResponse(responseCode = "304", description = "As you have it (If-None-Match)")
  public Response current(@PathParam("id") UUID id, @Context Request request) {
    return show(id, request, ConsentViews.Current::of);
  }

  @GET
  @Path("history")
  @RolesAllowed({Roles.PRIVACY_OFFICER, Roles.DATA_STEWARD})
  @Operation(
      operationId = "readConsentHistory",
      summary = "All that a customer ever said, and who wrote it down")
  @APIResponse(
      responseCode = "200",
      description = "The latest first; ETag names the revision",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConsentViews.History.class),
              examples = @ExampleObject(name = "imported", value = HISTORY)))
  @APIResponse(responseCode = "304", description = "As you have it (If-None-Match)")
  public Response history(@PathParam("id") UUID id, @Context Request request) {
    return show(id, request, ConsentViews.History::of);
  }

  @PUT
  @Path("{purpose}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.PRIVACY_OFFICER, Roles.DATA_STEWARD, Roles.INGEST})
  @Operation(
      operationId = "recordConsent",
      summary = "Write down what a customer said about a purpose",
      description =
          "It may come late: what counts is what was said last, of two at the same instant the"
              + " stricter. The same again changes nothing.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConsentRequest.class),
              examples = @ExampleObject(name = "granted", value = GRANTED)))
  @APIResponse(
      responseCode = "200",
      description = "What counts now, by purpose; ETag names the revision",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConsentViews.Current.class),
              examples = @ExampleObject(name = "granted", value = CURRENT)))
  @APIResponse(
      responseCode = "409",
      description = "urn:tallykeep:problem:changed-meanwhile: send it again")
  @APIResponse(responseCode = "413", description = "More than a megabyte")
  @APIResponse(responseCode = "415", description = "Not application/json")
  @APIResponse(
      responseCode = "422",
      description =
          "urn:tallykeep:problem:consent-refused: a field is wrong, `field` names it; or `code` is"
              + " too-many-consents")
  public Response put(
      @PathParam("id") UUID id,
      @Parameter(description = "A kebab-case name", example = "email-marketing")
          @PathParam("purpose")
          String purpose,
      InputStream body)
      throws IOException {
    ReceivedConsents received =
        Bodies.read(
            Bodies.whole(body),
            json -> checks.check(JSON.read(json).of(purpose)),
            "consent-refused");
    return switch (consents.record(id, received, Recorder.of(caller))) {
      case WRITTEN, UNCHANGED -> show(kept(id), ConsentViews.Current::of);
      case TOO_MANY ->
          throw new Refusal.Invalid(
              "consent-refused",
              "too-many-consents",
              null,
              "Of one customer at most " + ConsentHistory.MOST + " consents are kept.");
      case NOBODY -> throw notFound();
      case BUSY ->
          throw new Refusal.Conflict(
              "changed-meanwhile",
              "This customer's consents were changed at the same time; send it again.");
    };
  }

  private Consents.Kept kept(UUID id) {
    return consents.read(id).orElseThrow(ConsentResource::notFound);
  }

  private Response show(UUID id, Request request, Function<ConsentHistory, Object> view) {
    Consents.Kept kept = kept(id);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag(kept));
    return unchanged != null ? unchanged.tag(tag(kept)).build() : show(kept, view);
  }

  private static Response show(Consents.Kept kept, Function<ConsentHistory, Object> view) {
    return Response.ok(view.apply(kept.history())).tag(tag(kept)).build();
  }

  private static EntityTag tag(Consents.Kept kept) {
    return new EntityTag(String.valueOf(kept.revision()));
  }

  private static Refusal notFound() {
    return new Refusal.NotFound(
        "customer-not-found", "There is no customer with this id, or no longer.");
  }
}
