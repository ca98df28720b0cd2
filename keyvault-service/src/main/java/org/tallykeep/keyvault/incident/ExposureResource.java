package org.tallykeep.keyvault.incident;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.AuditFault;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.audit.Permission;

/** What an incident's principal was given, for security officers. */
@Path("/v1/incidents/{id}/exposure")
@Authenticated
@Tag(name = "Incidents", description = "What may have been a theft; for security officers")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not a security officer")
@APIResponse(responseCode = "404", description = "There is no such incident")
@APIResponse(responseCode = "503", description = "The log outside is away, so nothing is verified")
public class ExposureResource {

  private final Callers callers;
  private final Permission permission;
  private final Incidents incidents;
  private final Exposures exposures;

  ExposureResource(
      Callers callers, Permission permission, Incidents incidents, Exposures exposures) {
    this.callers = callers;
    this.permission = permission;
    this.incidents = incidents;
    this.exposures = exposures;
  }

  /** What was exposed, in figures. */
  record View(
      UUID incident,
      String principal,
      String name,
      Instant from,
      @Schema(description = "Whether from is an assumption: a day before the incident was opened")
          boolean fromAssumed,
      Instant until,
      @Schema(description = "Customers: distinct subject keys handed out", examples = "1412")
          long people,
      @Schema(description = "Purchasers whose customer was looked up: distinct pseudonym keys")
          long pseudonyms,
      @Schema(description = "Keys handed out, each time counted") long records,
      SortedMap<String, Exposure.Count> byPurpose,
      @Schema(description = "Versions of dataset keys by purpose: each opens all rows under it")
          SortedMap<String, SortedSet<Integer>> datasets,
      @Schema(description = "Requests that got nothing") long refused,
      @Nullable Instant first,
      @Nullable Instant last,
      List<String> remarks,
      Audit audit) {

    static View of(Incident incident, Exposure exposure) {
      return new View(
          incident.id(),
          incident.principal().sort(),
          incident.principal().name(),
          exposure.from(),
          exposure.fromAssumed(),
          exposure.until(),
          exposure.people(),
          exposure.pseudonyms(),
          exposure.records(),
          exposure.byPurpose(),
          exposure.datasets(),
          exposure.refused(),
          exposure.first().orElse(null),
          exposure.last().orElse(null),
          exposure.remarks(),
          new Audit(
              exposure.audit().isGenuine(),
              exposure.audit().entries(),
              exposure.audit().checkpoints(),
              exposure.unreadable(),
              exposure.audit().faults()));
    }

    @Override
    public String toString() {
      return "View[" + incident + "]";
    }
  }

  /** Whether the figures can be relied on. */
  record Audit(
      boolean genuine, long entries, long checkpoints, long unreadable, List<AuditFault> faults) {}

  @GET
  @Operation(
      operationId = "exposure",
      summary = "What the principal was given",
      description =
          "Counted from the verified audit: the figures that GDPR Article 33(3) asks for. Keys"
              + " handed out count as records exposed, whether or not a row was read with them.")
  @APIResponseSchema(
      value = View.class,
      responseCode = "200",
      responseDescription = "The figures, and whether the audit is as it was written")
  public View exposure(@RestPath UUID id) {
    Incident incident = incident(id);
    return View.of(incident, exposures.of(incident));
  }

  @GET
  @Path("report")
  @Produces(MediaType.TEXT_HTML)
  @Operation(
      operationId = "exposureReport",
      summary = "The same as a document to read and to print")
  @APIResponse(responseCode = "200", description = "A page")
  public String report(@RestPath UUID id) {
    Incident incident = incident(id);
    return ExposurePage.of(incident, exposures.of(incident));
  }

  private Incident incident(UUID id) {
    permission.requireOfficer(callers.current(), "read-exposure");
    return incidents.find(id).orElseThrow(NotFoundException::new);
  }
}
