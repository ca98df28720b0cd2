package org.tallykeep.customer.profile;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.BulkImport;
import org.tallykeep.customer.imports.ImportExchange;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowReader;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Roles;

/** Customers by the million. */
@Path("/v1/customers/imports")
@Tag(name = "Customers", description = "Who customers are; sealed, shown masked")
final class CustomerImportResource {

  private static final RowReader<ProfileRow> ROWS = JsonRows.of(ProfileRow.class);

  private final ProfileChecks checks;
  private final ProfileWriter writer;
  private final Caller caller;

  CustomerImportResource(ProfileChecks checks, ProfileWriter writer, Caller caller) {
    this.checks = checks;
    this.writer = writer;
    this.caller = caller;
  }

  @POST
  @Consumes(ImportExchange.NDJSON)
  @Produces(ImportExchange.NDJSON)
  @RolesAllowed({Roles.DATA_STEWARD, Roles.INGEST})
  @Operation(
      operationId = "importCustomers",
      summary = "Create and update customers in bulk",
      description =
          "One profile a line, plain or gzip. Rows are answered in the order of the lines while"
              + " others are still read; the last line is a summary, or an error if the body broke"
              + " off. An external id that is known updates its customer.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(type = SchemaType.STRING),
              examples = @ExampleObject(name = "lines", value = EXAMPLE)))
  @APIResponse(
      responseCode = "200",
      description = "An answer for each line",
      content =
          @Content(
              schema = @Schema(type = SchemaType.STRING),
              examples = @ExampleObject(name = "answers", value = ANSWERS)))
  @APIResponse(responseCode = "415", description = "urn:tallykeep:problem:unsupported-media-type")
  public StreamingOutput importAll(
      InputStream body, @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding) {
    return ImportExchange.answers(bulk(Actor.importing(caller)), body, encoding);
  }

  private BulkImport<Profile> bulk(Actor actor) {
    return new BulkImport<>(
        line -> checks.check(ROWS.read(line)),
        profiles -> writer.write(profiles, actor).stream().map(Outcome::answer).toList());
  }

  static final String EXAMPLE =
      """
      {"externalId":"h-17","name":{"given":"Ada","family":"Stone"},"emails":["ada@example.org"]}
      """;

  static final String ANSWERS =
      """
      {"line":1,"status":"created","id":"6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11"}
      {"line":2,"status":"refused","code":"invalid-email","field":"emails[0]",\
      "detail":"not an e-mail address"}
      {"summary":{"rows":2,"accepted":1,"duplicate":0,"refused":1,"conflict":0}}
      """;
}
