package org.tallykeep.customer.ledger;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.Bodies;
import org.tallykeep.customer.imports.BulkImport;
import org.tallykeep.customer.imports.ImportExchange;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.imports.RowFormat;
import org.tallykeep.customer.imports.RowRefusedException;

/** Purchases come in here, one by one or in bulk. */
@Path("/v1/purchases")
@Tag(name = "Purchases", description = "What was bought. Idempotent by event id.")
@RolesAllowed({"ingest", "data-steward"})
class PurchaseResource {

  private final PurchaseReader reader;
  private final Ledger ledger;
  private final PurchaseImports imports;

  PurchaseResource(PurchaseReader reader, Ledger ledger, PurchaseImports imports) {
    this.reader = reader;
    this.ledger = ledger;
    this.imports = imports;
  }

  /** What became of a single purchase. */
  public record Taken(
      @Schema(
              enumeration = {"accepted", "duplicate"},
              examples = "accepted")
          String status) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Take one purchase",
      description =
          "The same event with the same content is taken once, however often it is sent; with"
              + " another content it is a conflict. Problems name a code and the field at fault.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = PurchaseRow.class),
              examples = @ExampleObject(name = "purchase", value = PurchaseResource.EXAMPLE)))
  @APIResponse(
      responseCode = "201",
      description = "Taken",
      content = @Content(schema = @Schema(implementation = Taken.class)))
  @APIResponse(
      responseCode = "200",
      description = "Had been taken before with the same content",
      content = @Content(schema = @Schema(implementation = Taken.class)))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:malformed-request")
  @APIResponse(
      responseCode = "409",
      description =
          "urn:tallykeep:problem:event-content-differs, corrected-before, or erased: the buyer was")
  @APIResponse(responseCode = "413", description = "urn:tallykeep:problem:content-too-large")
  @APIResponse(responseCode = "422", description = "urn:tallykeep:problem:purchase-refused")
  @APIResponse(responseCode = "503", description = "urn:tallykeep:problem:keys-unavailable")
  public Response take(InputStream body) throws IOException {
    return switch (ledger.take(List.of(read(body))).getFirst()) {
      case RowAnswer.Accepted(), RowAnswer.Created _ ->
          Response.status(Response.Status.CREATED).entity(new Taken("accepted")).build();
      case RowAnswer.Duplicate _ -> Response.ok(new Taken("duplicate")).build();
      case RowAnswer.Conflict(String code, String field, String detail) ->
          throw PurchaseProblem.conflict(code, field, detail);
      case RowAnswer.Refused(String code, String field, String detail) ->
          throw PurchaseProblem.refused(code, field, detail);
    };
  }

  private Purchase read(InputStream body) throws IOException {
    byte[] json = Bodies.whole(body);
    try {
      return reader.read(json);
    } catch (RowRefusedException e) {
      throw PurchaseProblem.of(e);
    }
  }

  @POST
  @Path("/imports")
  @Consumes({ImportExchange.NDJSON, ImportExchange.CSV})
  @Produces(ImportExchange.NDJSON)
  @Operation(
      summary = "Take purchases in bulk",
      description =
          "One purchase a line, at most 1 MiB each, plain or gzip, of any number; or CSV whose"
              + " neighbouring records of one eventId are one purchase. Rows are answered"
              + " in the order of the lines while others are still read, so read the answer while"
              + " sending. The last line is a summary or, when the body broke off, an error; rows"
              + " answered before are kept and the whole can be sent again.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = ImportExchange.NDJSON,
            schema = @Schema(type = SchemaType.STRING),
            examples = @ExampleObject(name = "lines", value = PurchaseResource.EXAMPLE)),
        @Content(
            mediaType = ImportExchange.CSV,
            schema = @Schema(type = SchemaType.STRING),
            examples = @ExampleObject(name = "records", value = PurchaseResource.CSV_EXAMPLE))
      })
  @APIResponse(
      responseCode = "200",
      description = "An answer for each line",
      content =
          @Content(
              schema = @Schema(type = SchemaType.STRING),
              examples = @ExampleObject(name = "answers", value = PurchaseResource.ANSWERS)))
  @APIResponse(responseCode = "415", description = "urn:tallykeep:problem:unsupported-media-type")
  @APIResponse(responseCode = "422", description = "urn:tallykeep:problem:columns-refused")
  @APIResponse(responseCode = "503", description = "urn:tallykeep:problem:too-many-imports")
  public StreamingOutput importAll(
      InputStream body,
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type)
      throws IOException {
    RowFormat<Purchase> format = imports.format(ImportExchange.isCsv(type));
    return ImportExchange.answers(new BulkImport<>(format, ledger), body, contentEncoding);
  }

  static final String CSV_EXAMPLE =
      """
      eventId,externalId,day,product,category,units,amount
      b-1,h-17,2017-01-01,P1,dairy,1,1.99
      b-1,h-17,2017-01-01,P2,dairy,2,0.98
      """;

  static final String EXAMPLE =
      """
      {"eventId":"b-1","externalId":"h-17","day":"2017-01-01",\
      "lines":[{"product":"P1","category":"dairy","units":1,"amount":"1.99"}]}
      """;

  static final String ANSWERS =
      """
      {"line":1,"status":"accepted"}
      {"line":2,"status":"refused","code":"negative-amount","field":"lines[0].amount",\
      "detail":"a purchase has no negative amounts; 0 is allowed"}
      {"summary":{"rows":2,"accepted":1,"duplicate":0,"refused":1,"conflict":0}}
      """;
}
