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

  private final ProfileWriter writer;
  private final ProfileReader reader;
  private final Caller caller;

  CustomerResource(
      ProfileChecks checks, ProfileWriter writer, ProfileReader reader, Caller caller) {
    this.checks = checks;
    this.writer = writer;
    this.reader = reader;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.DATA_STEWARD, Roles.INGEST})
  @Operation(
      operationId = "createCustomer",
      summary = "Create a customer",
      description = "With an external id that is known already, updates that customer.")
  @APIResponse(responseCode = "201", description = "Created; Location names the customer")
  @APIResponse(responseCode = "200", description = "Known by the external id: updated, or the same")
  @APIResponse(
      responseCode = "409",
      description =
          "urn:tallykeep:problem:changed-meanwhile: send it again; or external-ids-of-several,"
              + " external-id-taken, external-id-of-anonymous-buyer, erased")
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
    return switch (writer.write(List.of(profile), Actor.importing(caller)).getFirst()) {
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
  @APIResponse(responseCode = "200", description = "The customer; ETag names the revision")
  @APIResponse(responseCode = "304", description = "As you have it (If-None-Match)")
  @APIResponse(responseCode = "400", description = "A reveal without the header Purpose")
  @APIResponse(responseCode = "403", description = "Not for your role")
  @APIResponse(responseCode = "404", description = "No such customer, or no longer")
  public Response read(
      @PathParam("id") UUID id,
      @Parameter(description = "`identity`, `contact` or both", example = "identity,contact")
          @QueryParam("reveal")
          @Nullable String reveal,
      @HeaderParam("Purpose") @Nullable String purpose,
      @Context Request request) {
    Set<Personal> revealed = Reveal.check(reveal, purpose, caller);
    CustomerRow row = reader.find(id).orElseThrow(CustomerResource::notFound);
    EntityTag tag = tag(row.revision(), revealed);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged.tag(tag).build();
    }
    CustomerView view =
        reader
            .view(row, revealed, new Keys.Asking(caller.token(), Reveal.reason(purpose)))
            .orElseThrow(CustomerResource::notFound);
    return Response.ok(view).tag(tag).build();
  }

  @POST
  @Path("search")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.CAMPAIGN_MANAGER, Roles.DATA_STEWARD, Roles.PRIVACY_OFFICER})
  @Operation(
      operationId = "searchCustomers",
      summary = "Find customers by e-mail, phone, external id or attribute, masked")
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
      Map<UUID, CustomerView> found = reader.masked(reader.find(checks.check(request)));
      return new Found(List.copyOf(found.values()));
    } catch (RowRefusedException e) {
      throw Bodies.refused("search-refused", e);
    }
  }

  static EntityTag tag(int revision, Set<Personal> revealed) {
    // What is shown differs by what is revealed, so its tag differs too.
    return new EntityTag(revision + "-" + String.join("+", names(revealed)));
  }

  private static Set<String> names(Set<Personal> revealed) {
    Set<String> names = new TreeSet<>();
    revealed.forEach(purpose -> names.add(purpose.name().toLowerCase(Locale.ROOT)));
    return names.isEmpty() ? Set.of("masked") : names;
  }

  static Refusal notFound() {
    return new Refusal.NotFound(
        "customer-not-found", "There is no customer with this id, or no longer.");
  }
}
