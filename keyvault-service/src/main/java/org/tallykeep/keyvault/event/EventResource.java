package org.tallykeep.keyvault.event;

import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.access.PurposeMatrix;
import org.tallykeep.keyvault.audit.Permission;

/** The stream of events, for services that keep keys in memory. */
@Path("/v1/events")
@Authenticated
@Tag(name = "Events", description = "What ends the keys that services keep in memory")
public class EventResource {

  private final Callers callers;
  private final Permission permission;
  private final EventStream stream;
  private final Listeners listeners;
  private final SecurityIdentity identity;
  private final Clock clock;

  EventResource(
      Callers callers,
      Permission permission,
      EventStream stream,
      Listeners listeners,
      SecurityIdentity identity,
      Clock clock) {
    this.callers = callers;
    this.permission = permission;
    this.stream = stream;
    this.listeners = listeners;
    this.identity = identity;
    this.clock = clock;
  }

  @GET
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "listen",
      summary = "Freezes, destructions and rotations as they happen",
      description =
          "Server-sent events. First hello: the data is the listener's id. Then frozen, lifted,"
              + " destroyed or rotated: the data is what it concerns, the id its position. A beat"
              + " every 300 ms says that nothing was missed; whoever hears nothing for a second,"
              + " or hello again, empties their cache. Ends with the token.")
  @APIResponse(responseCode = "200", description = "Events, from now on")
  @APIResponse(responseCode = "401", description = "No valid token for this service")
  @APIResponse(responseCode = "403", description = "Not a service that may have keys")
  public Multi<OutboundSseEvent> listen(@Context Sse sse) {
    permission.require(PurposeMatrix.mayListen(callers.current()), callers.current(), "listen");
    return stream.from(sse, untilTokenEnds());
  }

  /** An event that a listener has acted on. */
  record Acknowledgement(
      @Schema(description = "As hello said") @NotNull UUID listener,
      @Schema(description = "The event's id") @Min(1) long position) {}

  @POST
  @Path("acks")
  @Operation(
      operationId = "acknowledge",
      summary = "Say that what an event ended is not kept any more",
      description = "Whoever has keys destroyed waits for it.")
  @APIResponse(responseCode = "204", description = "Noted")
  @APIResponse(responseCode = "401", description = "No valid token for this service")
  @APIResponse(responseCode = "403", description = "Not a service that may have keys")
  public void acknowledge(@NotNull @Valid Acknowledgement heard) {
    if (!PurposeMatrix.mayListen(callers.current())) {
      permission.require(false, callers.current(), "acknowledge");
    }
    listeners.acknowledge(heard.listener(), heard.position());
  }

  private Duration untilTokenEnds() {
    long end =
        identity.getPrincipal() instanceof OidcJwtCallerPrincipal token
            ? token.getExpirationTime()
            : 0;
    return Duration.ofMillis(Math.max(1, end * 1000 - clock.millis()));
  }
}
