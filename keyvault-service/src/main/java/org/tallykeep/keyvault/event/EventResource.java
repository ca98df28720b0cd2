package org.tallykeep.keyvault.event;

import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
  private final SecurityIdentity identity;
  private final Clock clock;

  EventResource(
      Callers callers,
      Permission permission,
      EventStream stream,
      SecurityIdentity identity,
      Clock clock) {
    this.callers = callers;
    this.permission = permission;
    this.stream = stream;
    this.identity = identity;
    this.clock = clock;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "listen",
      summary = "Freezes, destructions and rotations as they happen",
      description =
          "Server-sent events: the name is frozen, lifted, destroyed or rotated, the data what it"
              + " concerns, the id its position. A beat every 300 ms says that nothing was"
              + " missed; whoever hears nothing for a second empties their cache. Ends with the"
              + " token.")
  @APIResponse(responseCode = "200", description = "Events, from now on")
  @APIResponse(responseCode = "401", description = "No valid token for this service")
  @APIResponse(responseCode = "403", description = "Not a service that may have keys")
  public Multi<OutboundSseEvent> listen(@Context Sse sse) {
    permission.require(PurposeMatrix.mayListen(callers.current()), callers.current(), "listen");
    return stream.from(sse, untilTokenEnds());
  }

  private Duration untilTokenEnds() {
    long end =
        identity.getPrincipal() instanceof OidcJwtCallerPrincipal token
            ? token.getExpirationTime()
            : 0;
    return Duration.ofMillis(Math.max(1, end * 1000 - clock.millis()));
  }
}
