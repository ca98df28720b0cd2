package org.tallykeep.customer.jobs;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.ImportExchange;
import org.tallykeep.customer.platform.Roles;

/** Imports that go on without their sender. */
@Path("/v1/import-jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.DATA_STEWARD, Roles.INGEST})
@Tag(name = "Import jobs", description = "Uploaded first, taken afterwards; survive restarts")
final class ImportJobResource {

  private static final String EXAMPLE_ID = "6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11";

  private final Uploads uploads;
  private final Jobs jobs;
  private final ErrorExport errors;
  private final Owners owners;

  ImportJobResource(Uploads uploads, Jobs jobs, ErrorExport errors, Owners owners) {
    this.uploads = uploads;
    this.jobs = jobs;
    this.errors = errors;
    this.owners = owners;
  }

  /** A page of jobs. */
  public record JobList(List<JobView> jobs, @Nullable String nextCursor) {}

  @POST
  @Consumes({ImportExchange.NDJSON, ImportExchange.CSV})
  @Operation(
      operationId = "createImportJob",
      summary = "Upload an import",
      description =
          "The body as for /v1/customers/imports and /v1/purchases/imports, plain or gzip, of any"
              + " number of rows. It is staged sealed and taken once it is complete; one that breaks"
              + " off leaves no job.")
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = ImportExchange.NDJSON, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = ImportExchange.CSV, schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponse(
      responseCode = "202",
      description = "The job, new or that of the same Idempotency-Key",
      headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
      content = @Content(schema = @Schema(implementation = JobView.class)))
  @APIResponse(
      responseCode = "400",
      description = "urn:tallykeep:problem:malformed-request, or body-cut-off")
  @APIResponse(
      responseCode = "409",
      description = "urn:tallykeep:problem:idempotency-key-used, or upload-given-up")
  @APIResponse(responseCode = "415", description = "urn:tallykeep:problem:unsupported-media-type")
  @APIResponse(
      responseCode = "422",
      description = "urn:tallykeep:problem:columns-refused: an unknown column of CSV")
  @APIResponse(
      responseCode = "503",
      description =
          "urn:tallykeep:problem:too-many-imports, too-many-jobs, too-much-staged or keys-unavailable; Retry-After")
  public Response create(
      @Parameter(required = true, schema = @Schema(enumeration = {"customers", "purchases"}))
          @QueryParam("kind")
          @Nullable String kind,
      @Parameter(description = "At most 200 characters; a retry with it answers the same job")
          @HeaderParam("Idempotency-Key")
          @Nullable String repetition,
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
      InputStream body) {
    ImportExchange.requireReadable(encoding);
    UUID id = uploads.take(kind, ImportExchange.isCsv(type), repetition, body);
    return Response.accepted(jobs.get(owners.visible(), id))
        .location(URI.create("/v1/import-jobs/" + id))
        .build();
  }

  @GET
  @Operation(
      operationId = "listImportJobs",
      summary = "Jobs, the newest first",
      description = "A data steward sees all of them, a machine its own.")
  @APIResponse(
      responseCode = "200",
      description = "Some of them; nextCursor if there are more",
      content = @Content(schema = @Schema(implementation = JobList.class)))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:malformed-request")
  public JobList list(
      @Parameter(schema = @Schema(minimum = "1", maximum = "100", defaultValue = "20"))
          @QueryParam("limit")
          @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    return jobs.list(owners.visible(), limit, cursor);
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "getImportJob", summary = "How far a job has come")
  @APIResponse(
      responseCode = "200",
      description = "The job",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  @APIResponse(responseCode = "404", description = "urn:tallykeep:problem:import-job-not-found")
  public JobView get(@Parameter(example = EXAMPLE_ID) @PathParam("id") UUID id) {
    return jobs.get(owners.visible(), id);
  }

  @GET
  @Path("{id}/errors")
  @Produces({ImportExchange.NDJSON, ImportExchange.CSV})
  @Operation(
      operationId = "getImportJobErrors",
      summary = "Rows that were not taken",
      description =
          "In the order of their lines, as NDJSON or CSV: line, status, code, field, detail. The"
              + " first 100,000 of a job are kept; no value of a row is.")
  @APIResponse(
      responseCode = "200",
      description = "Those so far",
      content = {
        @Content(mediaType = ImportExchange.NDJSON, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = ImportExchange.CSV, schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponse(responseCode = "404", description = "urn:tallykeep:problem:import-job-not-found")
  @APIResponse(responseCode = "406", description = "Neither NDJSON nor CSV is accepted")
  public Response errors(@PathParam("id") UUID id, @Context HttpHeaders headers) {
    jobs.get(owners.visible(), id);
    boolean csv =
        headers.getAcceptableMediaTypes().stream()
            .filter(type -> !type.isWildcardType())
            .findFirst()
            .map(ImportExchange::isCsv)
            .orElse(false);
    StreamingOutput output = stream -> errors.write(id, csv, stream);
    return Response.ok(output, csv ? ImportExchange.CSV : ImportExchange.NDJSON).build();
  }

  @DELETE
  @Path("{id}")
  @Operation(
      operationId = "cancelImportJob",
      summary = "Cancel a job",
      description =
          "One that waits is cancelled at once, one that runs after its batch. Rows that were taken"
              + " stay taken and are counted.")
  @APIResponse(
      responseCode = "202",
      description = "The job, cancelled or about to be",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  @APIResponse(responseCode = "404", description = "urn:tallykeep:problem:import-job-not-found")
  @APIResponse(responseCode = "409", description = "urn:tallykeep:problem:import-job-ended")
  public Response cancel(@PathParam("id") UUID id) {
    return Response.accepted(jobs.cancel(owners.visible(), id)).build();
  }
}
