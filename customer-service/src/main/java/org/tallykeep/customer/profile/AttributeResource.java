package org.tallykeep.customer.profile;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.customer.imports.Bodies;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowReader;
import org.tallykeep.customer.platform.Roles;

/** What customers may have beside what everyone has. */
@Path("/v1/attributes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Attributes", description = "What of customers is your own to declare")
final class AttributeResource {

  /** All that are declared. */
  public record Declared(List<Attribute.View> attributes) {}

  private static final RowReader<AttributeRow> DECLARATIONS = JsonRows.of(AttributeRow.class);

  private final Attributes attributes;

  AttributeResource(Attributes attributes) {
    this.attributes = attributes;
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.DATA_STEWARD)
  @Operation(
      operationId = "declareAttribute",
      summary = "Declare an attribute of customers",
      description =
          "A declaration stays as it is, because values are sealed by it; choices alone may grow.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AttributeRow.class),
              examples =
                  @ExampleObject(
                      name = "memberNo",
                      value =
                          "{\"type\":\"text\",\"protection\":\"identity\",\"searchable\":true}")))
  @APIResponse(
      responseCode = "201",
      description = "Declared",
      content = @Content(schema = @Schema(implementation = Attribute.View.class)))
  @APIResponse(
      responseCode = "200",
      description = "Declared like this before, or more choices",
      content = @Content(schema = @Schema(implementation = Attribute.View.class)))
  @APIResponse(responseCode = "400", description = "Not one JSON object of these fields")
  @APIResponse(responseCode = "403", description = "Not for your role")
  @APIResponse(
      responseCode = "409",
      description = "urn:tallykeep:problem:attribute-declared-otherwise")
  @APIResponse(
      responseCode = "422",
      description = "A field is wrong; `field` names it, `code` says why, such as too-few-values")
  public Response declare(@PathParam("name") String name, InputStream body) throws IOException {
    Attribute attribute =
        Bodies.read(
            Bodies.whole(body), json -> DECLARATIONS.read(json).check(name), "attribute-refused");
    return attributes.declare(attribute)
        ? Response.created(URI.create("/v1/attributes/" + name)).entity(attribute.view()).build()
        : Response.ok(attribute.view()).build();
  }

  @GET
  @RolesAllowed({
    Roles.MARKETER,
    Roles.CAMPAIGN_MANAGER,
    Roles.DATA_STEWARD,
    Roles.PRIVACY_OFFICER,
    Roles.SECURITY_OFFICER
  })
  @Operation(operationId = "listAttributes", summary = "The attributes that are declared")
  @APIResponse(responseCode = "200", description = "All of them, by name")
  @APIResponse(responseCode = "403", description = "Not for your role")
  public Declared list() {
    return new Declared(attributes.all().stream().map(Attribute::view).toList());
  }
}
