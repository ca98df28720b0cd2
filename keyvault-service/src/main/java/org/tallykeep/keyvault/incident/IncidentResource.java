package org.tallykeep.keyvault.incident;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.audit.Permission;
import org.tallykeep.keyvault.freeze.Freeze;
import org.tallykeep.keyvault.freeze.Principal;
import org.tallykeep.keyvault.platform.Refusal;

/** Incidents, for security officers. */
@Path("/v1/incidents")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Incidents", description = "What may have been a theft; for security officers")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not a security officer")
public class IncidentResource {

  private static final int NEWEST = 200;

  private final Callers callers;
  private final Incidents incidents;
  private final Permission permission;

  IncidentResource(Callers callers, Incidents incidents, Permission permission) {
    this.callers = callers;
    this.incidents = incidents;
    this.permission = permission;
  }

  /** An incident to be opened. */
  record OpenRequest(
      @Schema(
              description =
                  "person: by sub; credential: a service's, by its client id; everyone: for what"
                      + " is about purposes or a time, whoever asked")
          @NotNull
          @Pattern(regexp = "person|credential|everyone")
          String principal,
      @Schema(
              description =
                  "Whose: the sub of a person's tokens, which Keycloak shows as the user's ID and"
                      + " the audit as person, or the client id of a credential; left out for"
                      + " everyone. Any name is taken, for who is to be kept out may not have come"
                      + " yet: the exposure report says when nothing was handed out under that name")
          @Nullable
          @Size(max = 255)
          String name,
      @Schema(
              description =
                  "What to freeze: * for everything, grants, or purposes; empty to freeze nothing."
                      + " For everyone it is also what is counted and contained",
              examples = "[\"*\"]")
          @NotNull
          Set<@NotBlank @Size(max = 32) String> purposes,
      @Schema(description = "From when on the principal is not trusted") @Nullable Instant since,
      @Nullable Instant until,
      @NotBlank @Size(max = 2000) String note) {

    private Principal about() {
      boolean everyone = principal.equals("everyone");
      if (everyone != (name == null || name.isBlank())) {
        throw new Refusal.Meaningless(
            "Name the person or the credential; an incident about everyone names nobody.");
      }
      return Principal.of(principal, name == null ? Principal.Everyone.NAME : name);
    }

    @Override
    public String toString() {
      return "OpenRequest";
    }
  }

  /** An incident as it stands. */
  record View(
      UUID id,
      Incident.Cause cause,
      Instant openedAt,
      String openedBy,
      String principal,
      String name,
      Set<String> purposes,
      @Nullable Instant since,
      @Nullable Instant until,
      String note,
      Incident.State state) {

    static View of(Incident incident) {
      return new View(
          incident.id(),
          incident.cause(),
          incident.openedAt(),
          incident.openedBy(),
          incident.principal().sort(),
          incident.principal().name(),
          new TreeSet<>(incident.purposes()),
          incident.since().orElse(null),
          incident.until().orElse(null),
          incident.note(),
          incident.state());
    }

    @Override
    public String toString() {
      return "View[" + id + "]";
    }
  }

  /** Incidents, the newest first. */
  record Views(List<View> incidents) {}

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "openIncident",
      summary = "Open an incident",
      description =
          "Freezes the principal on every replica within a second; with empty purposes it freezes"
              + " nothing.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "a stolen token",
                      value =
                          """
                          {"principal":"person","name":"5d7a1c1e-3f5e-4c53-9d86-0d5f0c4b6a11",
                           "purposes":["*"],"since":"2026-03-01T08:00:00Z",
                           "note":"laptop stolen on the train"}""")))
  @APIResponse(responseCode = "422", description = "What cannot be frozen, or of nobody")
  @APIResponseSchema(value = View.class, responseCode = "201", responseDescription = "The incident")
  public View open(@NotNull @Valid OpenRequest request) {
    // Who may be a thief is frozen also while nothing is opened.
    Caller.Person officer = permission.requireOfficerInRecovery(callers.current(), "open-incident");
    if (!request.purposes().stream().allMatch(Freeze::isFreezable)) {
      throw new Refusal.Meaningless(
          "Freeze * for everything, grants, create, destroy, or purposes such as contact or tag.");
    }
    return View.of(
        incidents.open(
            new Incidents.Report(
                Incident.Cause.OFFICER,
                officer.subject(),
                request.about(),
                request.purposes(),
                Optional.ofNullable(request.since()),
                Optional.ofNullable(request.until()),
                request.note())));
  }

  @GET
  @Operation(operationId = "listIncidents", summary = "The newest incidents")
  @APIResponseSchema(
      value = Views.class,
      responseCode = "200",
      responseDescription = "At most 200, the newest first")
  public Views list() {
    permission.requireOfficer(callers.current(), "list-incidents");
    return new Views(incidents.newest(NEWEST).stream().map(View::of).toList());
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "findIncident", summary = "One incident")
  @APIResponse(responseCode = "404", description = "There is no such incident")
  @APIResponseSchema(value = View.class, responseCode = "200", responseDescription = "The incident")
  public View find(@RestPath UUID id) {
    permission.requireOfficer(callers.current(), "find-incident");
    return View.of(incidents.find(id).orElseThrow(NotFoundException::new));
  }

  @POST
  @Path("{id}/close")
  @Operation(
      operationId = "closeIncident",
      summary = "Close an incident",
      description =
          "Lifts what it froze. Grants that were cancelled stay so; a containment goes on.")
  @APIResponse(responseCode = "404", description = "There is no such incident")
  @APIResponseSchema(value = View.class, responseCode = "200", responseDescription = "The incident")
  public View close(@RestPath UUID id) {
    String officer = permission.requireOfficer(callers.current(), "close-incident");
    return View.of(incidents.close(id, officer).orElseThrow(NotFoundException::new));
  }
}
