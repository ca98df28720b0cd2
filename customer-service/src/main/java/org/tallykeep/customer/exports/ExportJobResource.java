package org.tallykeep.customer.exports;

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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.Bodies;
import org.tallykeep.customer.imports.ImportExchange;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Roles;
import org.tallykeep.customer.profile.Reveal;

/** Exports, each of the person who asked for it alone. */
@Path("/v1/export-jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.DATA_STEWARD)
@Tag(name = "Export jobs", description = "Made first, fetched afterwards; survive restarts")
@APIResponse(responseCode = "403", description = "Not for your role, or you are frozen")
final class ExportJobResource {

  private static final String EXAMPLE_ID = "6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11";
  private static final String NOT_FOUND =
      "urn:tallykeep:problem:export-job-not-found: none of yours";
  private static final String GZIP = "application/gzip";
  private static final String EXAMPLE =
      """
      {"kind":"customers","format":"csv","gzip":true,"purposes":["identity","contact"]}""";

  private final Submissions submissions;
  private final ExportJobs jobs;
  private final ExportFiles files;
  private final Caller caller;

  ExportJobResource(Submissions submissions, ExportJobs jobs, ExportFiles files, Caller caller) {
    this.submissions = submissions;
    this.jobs = jobs;
    this.files = files;
    this.caller = caller;
  }

  /** A page of exports. */
  public record ExportJobList(List<ExportJobView> jobs, @Nullable String nextCursor) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createExportJob",
      summary = "Ask for an export",
      description =
          "Customers are opened under a grant of the key service's in your name, which is charged"
              + " to your budget at once and waits for a security officer if it is large. Files are"
              + " in the shape that imports take. Purchases are under the customer's id, or the"
              + " external id of a buyer without a profile.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ExportRequest.class),
              examples = @ExampleObject(name = "customers", value = EXAMPLE)))
  @APIResponse(
      responseCode = "202",
      description = "The job, new or that of the same Idempotency-Key",
      headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
      content = @Content(schema = @Schema(implementation = ExportJobView.class)))
  @APIResponse(responseCode = "400", description = "Not one JSON object, or no header Purpose")
  @APIResponse(responseCode = "409", description = "urn:tallykeep:problem:idempotency-key-used")
  @APIResponse(responseCode = "413", description = "More than a megabyte")
  @APIResponse(responseCode = "415", description = "Not application/json")
  @APIResponse(responseCode = "422", description = "A field is wrong; `field` names it")
  @APIResponse(
      responseCode = "429",
      description = "More customers than your budget leaves: nothing is opened; Retry-After")
  @APIResponse(
      responseCode = "503",
      description = "urn:tallykeep:problem:too-much-staged or keys-unavailable; Retry-After")
  public Response create(
      @Parameter(description = "Why, in at most 100 characters", example = "Move to the new shop")
          @HeaderParam("Purpose")
          @Nullable String purpose,
      @Parameter(description = "At most 200 characters; a retry with it answers the same job")
          @HeaderParam("Idempotency-Key")
          @Nullable String repetition,
      InputStream body)
      throws IOException {
    String reason = Reveal.requireReason(purpose);
    ExportWish wish =
        Bodies.read(
            Bodies.whole(body),
            json -> ExportWish.of(ExportRequest.JSON.read(json)),
            "export-refused");
    Submissions.Asker who =
        new Submissions.Asker(
            caller.name(), caller.clientAndName(), new Keys.Asking(caller.token(), reason));
    UUID id = submissions.take(wish, who, repetition);
    return Response.accepted(jobs.get(id, caller.name()))
        .location(URI.create("/v1/export-jobs/" + id))
        .build();
  }

  @GET
  @Operation(operationId = "listExportJobs", summary = "Your exports, the newest first")
  @APIResponse(
      responseCode = "200",
      description = "Some of them; nextCursor if there are more",
      content = @Content(schema = @Schema(implementation = ExportJobList.class)))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:malformed-request")
  public ExportJobList list(
      @Parameter(schema = @Schema(minimum = "1", maximum = "100", defaultValue = "20"))
          @QueryParam("limit")
          @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    return jobs.list(caller.name(), limit, cursor);
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "getExportJob", summary = "How far an export has come")
  @APIResponse(
      responseCode = "200",
      description = "The job",
      content = @Content(schema = @Schema(implementation = ExportJobView.class)))
  @APIResponse(responseCode = "404", description = NOT_FOUND)
  public ExportJobView get(@Parameter(example = EXAMPLE_ID) @PathParam("id") UUID id) {
    return jobs.get(id, caller.name());
  }

  @GET
  @Path("{id}/file")
  @Produces({ImportExchange.NDJSON, ImportExchange.CSV, GZIP})
  @Operation(
      operationId = "getExportFile",
      summary = "The file of an export",
      description =
          "In the format that was asked for. Customers' is gone with the grant, which a freeze or a"
              + " security officer ends.")
  @APIResponse(
      responseCode = "200",
      description = "All of it; what is shorter than Content-Length was broken off",
      content = {
        @Content(mediaType = ImportExchange.NDJSON, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = ImportExchange.CSV, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = GZIP, schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  @APIResponse(
      responseCode = "403",
      description = "Not for your role, or urn:tallykeep:problem:grant-ended")
  @APIResponse(
      responseCode = "404",
      description = "urn:tallykeep:problem:export-job-not-found, or export-file-not-found")
  @APIResponse(responseCode = "406", description = "The file's format is not accepted")
  @APIResponse(responseCode = "503", description = "Keys cannot be had now; Retry-After")
  public Response file(@PathParam("id") UUID id) {
    ExportJob job = files.require(id, caller.name());
    ExportWish wish = job.wish();
    String name = wish.kind() + (wish.csv() ? ".csv" : ".ndjson") + (wish.gzip() ? ".gz" : "");
    String plain = wish.csv() ? ImportExchange.CSV : ImportExchange.NDJSON;
    StreamingOutput output = stream -> files.write(job, stream);
    return Response.ok(output, wish.gzip() ? GZIP : plain)
        .header(HttpHeaders.CONTENT_LENGTH, job.progress().bytes())
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @DELETE
  @Path("{id}")
  @Operation(
      operationId = "cancelExportJob",
      summary = "Cancel an export, or delete its file",
      description = "Nothing of the file is left. One that runs is cancelled after its page.")
  @APIResponse(
      responseCode = "202",
      description = "The job, cancelled or about to be",
      content = @Content(schema = @Schema(implementation = ExportJobView.class)))
  @APIResponse(responseCode = "404", description = NOT_FOUND)
  @APIResponse(responseCode = "409", description = "urn:tallykeep:problem:export-job-ended")
  public Response cancel(@PathParam("id") UUID id) {
    return Response.accepted(jobs.cancel(id, caller.name())).build();
  }
}
