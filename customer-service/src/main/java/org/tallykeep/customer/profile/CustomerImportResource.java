package org.tallykeep.customer.profile;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
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
import org.tallykeep.customer.imports.BatchHandler;
import org.tallykeep.customer.imports.BulkImport;
import org.tallykeep.customer.imports.ImportExchange;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.imports.RowFormat;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Roles;

/** Customers by the million. */
@Path("/v1/customers/imports")
@Tag(name = "Customers", description = "Who customers are; sealed, shown masked")
final class CustomerImportResource {

  private final CustomerImports imports;
  private final Caller caller;

  CustomerImportResource(CustomerImports imports, Caller caller) {
    this.imports = imports;
    this.caller = caller;
  }

  @POST
  @Consumes({ImportExchange.NDJSON, ImportExchange.CSV})
  @Produces(ImportExchange.NDJSON)
  @RolesAllowed({Roles.DATA_STEWARD, Roles.INGEST})
  @Operation(
      operationId = "importCustomers",
      summary = "Create and update customers in bulk",
      description =
          "One profile a line, plain or gzip, or CSV with a header. Rows are answered in the order of"
              + " the lines while"
              + " others are still read; the last line is a summary, or an error if the body broke"
              + " off. An external id that is known updates its customer.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = ImportExchange.NDJSON,
            schema = @Schema(type = SchemaType.STRING),
            examples = @ExampleObject(name = "lines", value = EXAMPLE)),
        @Content(
            mediaType = ImportExchange.CSV,
            schema = @Schema(type = SchemaType.STRING),
            examples = @ExampleObject(name = "records", value = CSV_EXAMPLE))
      })
  @APIResponse(
      responseCode = "200",
      description = "An answer for each line",
      content =
          @Content(
              schema = @Schema(type = SchemaType.STRING),
              examples = @ExampleObject(name = "answers", value = ANSWERS)))
  @APIResponse(responseCode = "415", description = "urn:tallykeep:problem:unsupported-media-type")
  @APIResponse(responseCode = "422", description = "urn:tallykeep:problem:columns-refused")
  @APIResponse(responseCode = "503", description = "urn:tallykeep:problem:too-many-imports")
  public StreamingOutput importAll(
      InputStream body,
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type)
      throws IOException {
    // While it is known who asks: rows are taken long after.
    Actor actor = Actor.importing(caller);
    BatchHandler<Profile> handler = profiles -> imports.take(profiles, NewIds.RANDOM, actor);
    RowFormat<Profile> format = imports.format(ImportExchange.isCsv(type));
    return ImportExchange.answers(new BulkImport<>(format, handler), body, encoding);
  }

  static final String CSV_EXAMPLE =
      """
      externalId,givenName,familyName,emails,town,country
      h-17,Ada,Stone,ada@example.org|ada@example.com,Springfield,US
      """;

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
