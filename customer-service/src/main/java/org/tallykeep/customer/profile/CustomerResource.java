package org.tallykeep.customer.profile;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.Bodies;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Keys.Personal;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;
import org.tallykeep.customer.restriction.Restrictions;

/** Customers one by one. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customers", description = "Who customers are; sealed, shown masked")
final class CustomerResource {

  /** What a customer is called from now on. */
  public record CustomerId(UUID id) {}

  /** What a search finds. */
  public record Found(List<CustomerView> customers) {}

  /** As strict as an import: a misspelt field is refused, not forgotten. */
  private final ProfileChecks checks;

  private final SingleProfiles profiles;
  private final ProfileReader reader;
  private final Restrictions restrictions;
  private final Caller caller;

  CustomerResource(
      ProfileChecks checks,
      SingleProfiles profiles,
      ProfileReader reader,
      Restrictions restrictions,
      Caller caller) {
    this.checks = checks;
    this.profiles = profiles;
    this.reader = reader;
    this.restrictions = restrictions;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.DATA_STEWARD, Roles.INGEST})
  @Operation(
      operationId = "createCustomer",
      summary = "Create a customer",
      description = "With an external id that is known already, updates that customer.")
  @APIResponse(
      responseCode = "201",
      description = "Created; Location names the customer",
      content = @Content(schema = @Schema(implementation = CustomerId.class)))
  @APIResponse(
      responseCode = "200",
      description = "Known by the external id: updated, or the same",
      content = @Content(schema = @Schema(implementation = CustomerId.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "urn:tallykeep:problem:changed-meanwhile: send it again; or external-ids-of-several,"
              + " external-id-taken, external-id-of-anonymous-buyer, too-many-consents, erased")
  @APIResponse(
      responseCode = "403",
      description = "Not for your role, or urn:tallykeep:problem:processing-restricted")
  @APIResponse(responseCode = "422", description = "A field is wrong; `field` names it")
  @APIResponse(responseCode = "400", description = "Not one JSON object")
  @APIResponse(
      responseCode = "503",
      description =
          "urn:tallykeep:problem:keys-unavailable, or took-too-long: nothing was written; Retry-After")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ProfileRow.class)))
  public Response create(InputStream body) throws IOException {
    Profile profile = Bodies.read(Bodies.whole(body), checks, "profile-refused");
    return switch (profiles.write(profile, Actor.importing(caller))) {
      case Outcome.Created(UUID id) ->
          Response.created(URI.create("/v1/customers/" + id)).entity(new CustomerId(id)).build();
      case Outcome.Updated(UUID id) -> Response.ok(new CustomerId(id)).build();
      case Outcome.Unchanged(UUID id) -> Response.ok(new CustomerId(id)).build();
      case Outcome.Conflict conflict -> throw ProfileEditor.conflict(conflict);
    };
  }

  @GET
  @Path("{id}")
  @RolesAllowed({
    Roles.MARKETER,
    Roles.CAMPAIGN_MANAGER,
    Roles.DATA_STEWARD,
    Roles.PRIVACY_OFFICER,
    Roles.SECURITY_OFFICER
  })
  @Operation(
      operationId = "readCustomer",
      summary = "Read a customer, masked unless revealed",
      description = "To reveal, name the purposes and say why in the header `Purpose`.")
  @APIResponse(
      responseCode = "200",
      description = "The customer; ETag names the revision",
      content = @Content(schema = @Schema(implementation = CustomerView.class)))
  @APIResponse(responseCode = "304", description = "As you have it (If-None-Match)")
  @APIResponse(responseCode = "400", description = "A reveal without the header Purpose")
  @APIResponse(
      responseCode = "403",
      description =
          "Not for your role; or a reveal while urn:tallykeep:problem:processing-restricted; or a"
              + " decoy, or you are frozen: urn:tallykeep:problem:frozen")
  @APIResponse(responseCode = "404", description = "No such customer, or no longer")
  @APIResponse(responseCode = "429", description = "Your budget of records is spent; Retry-After")
  public Response read(
      @PathParam("id") UUID id,
      @Parameter(description = "`identity`, `contact` or both", example = "identity,contact")
          @QueryParam("reveal")
          @Nullable String reveal,
      @HeaderParam("Purpose") @Nullable String purpose,
      @Context Request request) {
    Set<Personal> revealed = Reveal.check(reveal, purpose, caller);
    CustomerRow row = reader.find(id).orElseThrow(CustomerResource::notFound);
    boolean restricted =
        revealed.isEmpty() ? restrictions.isInForce(id) : restrictions.require(id, caller);
    EntityTag tag = tag(row.revision(), revealed, restricted);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged.tag(tag).build();
    }
    CustomerView view =
        reader
            .view(row, revealed, new Keys.Asking(caller.token(), Reveal.reason(purpose)))
            .orElseThrow(CustomerResource::notFound);
    return Response.ok(restricted ? view.asRestricted() : view).tag(tag).build();
  }

  @POST
  @Path("search")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.CAMPAIGN_MANAGER, Roles.DATA_STEWARD, Roles.PRIVACY_OFFICER})
  @Operation(
      operationId = "searchCustomers",
      summary = "Find customers by e-mail, phone, external id or attribute, masked",
      description = "By an attribute only for those who may see it: a hit says its value.")
  @APIResponse(responseCode = "200", description = "Those found, eight at most")
  @APIResponse(responseCode = "400", description = "Not one JSON object of these fields")
  @APIResponse(responseCode = "403", description = "Not for your role")
  @APIResponse(
      responseCode = "422",
      description = "Not exactly one criterion, a wrong one, or an attribute not searchable")
  public Found search(CustomerSearch.@Nullable Request request) {
    if (request == null) {
      throw new Refusal.Incomplete("body-missing", "Send what to search by as a JSON object.");
    }
    try {
      CustomerSearch search = checks.check(request);
      if (search instanceof CustomerSearch.ByAttribute by) {
        Reveal.requireSearchable(by.attribute(), caller);
      }
      Map<UUID, CustomerView> found = reader.masked(reader.find(search));
      restrictions
          .among(found.keySet())
          .forEach(id -> found.computeIfPresent(id, (same, view) -> view.asRestricted()));
      return new Found(List.copyOf(found.values()));
    } catch (RowRefusedException e) {
      throw Bodies.refused("search-refused", e);
    }
  }

  /** What is shown differs by what is revealed and whether it is restricted; so does its tag. */
  static EntityTag tag(int revision, Set<Personal> revealed, boolean restricted) {
    Set<String> shown = names(revealed);
    if (restricted) {
      shown.add("restricted");
    }
    return new EntityTag(revision + "-" + String.join("+", shown));
  }

  private static Set<String> names(Set<Personal> revealed) {
    Set<String> names = new TreeSet<>();
    revealed.forEach(purpose -> names.add(purpose.name().toLowerCase(Locale.ROOT)));
    if (names.isEmpty()) {
      names.add("masked");
    }
    return names;
  }

  static Refusal notFound() {
    return new Refusal.NotFound(
        "customer-not-found", "There is no customer with this id, or no longer.");
  }
}
