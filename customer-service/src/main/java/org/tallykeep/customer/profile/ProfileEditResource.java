package org.tallykeep.customer.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.Bodies;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;
import org.tallykeep.customer.restriction.Restrictions;

/** Changes of one customer, each of the revision that its sender has seen. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customers", description = "Who customers are; sealed, shown masked")
@APIResponse(
    responseCode = "200",
    description = "As it is now, masked; ETag names the revision",
    content = @Content(schema = @Schema(implementation = CustomerView.class)))
@APIResponse(
    responseCode = "400",
    description = "Not one JSON object of these fields, or the reason is too long")
@APIResponse(
    responseCode = "403",
    description =
        "Not for your role; or urn:tallykeep:problem:processing-restricted; or you are frozen:"
            + " urn:tallykeep:problem:frozen")
@APIResponse(responseCode = "404", description = "No such customer, or no longer")
@APIResponse(
    responseCode = "409",
    description =
        "urn:tallykeep:problem:external-id-taken, external-id-of-anonymous-buyer or changed-meanwhile")
@APIResponse(
    responseCode = "412",
    description = "urn:tallykeep:problem:changed-since: read it again")
@APIResponse(responseCode = "413", description = "More than a megabyte")
@APIResponse(responseCode = "422", description = "A field is wrong; `field` names it")
@APIResponse(
    responseCode = "428",
    description = "urn:tallykeep:problem:precondition-required: send If-Match")
@APIResponse(responseCode = "429", description = "Your budget of records is spent; Retry-After")
@APIResponse(responseCode = "503", description = "Keys cannot be had now; Retry-After")
final class ProfileEditResource {

  static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String IF_MATCH =
      "The ETag as you read it, of whatever was revealed, or `*`";
  private static final String PURPOSE = "Why, in at most 100 characters";

  private final ProfileChecks checks;
  private final ProfileEditor editor;
  private final Attributes attributes;
  private final Restrictions restrictions;
  private final Caller caller;

  ProfileEditResource(
      ProfileChecks checks,
      ProfileEditor editor,
      Attributes attributes,
      Restrictions restrictions,
      Caller caller) {
    this.checks = checks;
    this.editor = editor;
    this.attributes = attributes;
    this.restrictions = restrictions;
    this.caller = caller;
  }

  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.DATA_STEWARD)
  @Operation(
      operationId = "replaceCustomer",
      summary = "Replace a customer's profile",
      description = "What is not sent is removed, external ids and attributes too.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ProfileRow.class)))
  @APIResponse(responseCode = "415", description = "Not application/json")
  public Response replace(
      @PathParam("id") UUID id,
      @Parameter(description = IF_MATCH) @HeaderParam("If-Match") @Nullable String ifMatch,
      @Parameter(description = PURPOSE) @HeaderParam("Purpose") @Nullable String purpose,
      InputStream body)
      throws IOException {
    IfMatch revision = IfMatch.of(ifMatch);
    String reason = Reveal.reasonOr(purpose, "replace profile");
    Profile wanted = checked(Bodies.whole(body));
    return answer(id, revision, reason, before -> wanted);
  }

  @PATCH
  @Path("{id}")
  @Consumes(MERGE_PATCH)
  @RolesAllowed(Roles.DATA_STEWARD)
  @Operation(
      operationId = "patchCustomer",
      summary = "Change parts of a customer's profile",
      description = "A merge patch (RFC 7396): what is null is removed, a list is replaced whole.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MERGE_PATCH,
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "moved",
                      value = "{\"birthDate\":null,\"emails\":[\"ada@example.net\"]}")))
  @APIResponse(responseCode = "415", description = "Not application/merge-patch+json")
  public Response patch(
      @PathParam("id") UUID id,
      @Parameter(description = IF_MATCH) @HeaderParam("If-Match") @Nullable String ifMatch,
      @Parameter(description = PURPOSE) @HeaderParam("Purpose") @Nullable String purpose,
      InputStream body)
      throws IOException {
    IfMatch revision = IfMatch.of(ifMatch);
    String reason = Reveal.reasonOr(purpose, "patch profile");
    ObjectNode patch = Bodies.read(Bodies.whole(body), ProfileDocument::patch, "profile-refused");
    return answer(
        id,
        revision,
        reason,
        before -> checked(ProfileDocument.patched(before, patch, attributes)));
  }

  private Response answer(UUID id, IfMatch revision, String reason, UnaryOperator<Profile> edit) {
    boolean restricted = restrictions.require(id, caller);
    ProfileEditor.Edited edited =
        editor.edit(
            id,
            revision,
            new Keys.Asking(caller.token(), reason),
            Actor.person(caller, reason),
            edit);
    return Response.ok(restricted ? edited.view().asRestricted() : edited.view())
        .tag(CustomerResource.tag(edited.revision(), Set.of(), restricted))
        .build();
  }

  private Profile checked(byte[] json) {
    Profile profile = Bodies.read(json, checks, "profile-refused");
    if (!profile.consents().isEmpty()) {
      throw new Refusal.Invalid(
          "profile-refused",
          "not-in-a-change",
          "consents",
          "Consents are written down one by one: PUT /v1/customers/{id}/consents/{purpose}.");
    }
    return profile.withAllIds();
  }
}
