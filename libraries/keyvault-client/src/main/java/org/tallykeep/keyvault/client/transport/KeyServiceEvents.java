package org.tallykeep.keyvault.client.transport;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.client.SseEvent;

/** The key service's stream of events, with this service's own token. */
@Path("/v1/events")
@RegisterRestClient(configKey = "keyvault")
@RegisterProvider(KeyServiceTokenFilter.class)
public interface KeyServiceEvents {

  /** Events and heartbeats, until the token ends or the connection breaks. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  Multi<SseEvent<String>> listen();

  /** Whatever the events up to this one ended is not kept here any more. */
  @POST
  @Path("acks")
  @Consumes(MediaType.APPLICATION_JSON)
  void acknowledge(Acknowledgement heard);

  /**
   * Who has heard what.
   *
   * @param listener as hello said
   * @param position the event's id
   */
  record Acknowledgement(String listener, long position) {}
}
