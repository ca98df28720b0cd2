package org.tallykeep.customer.rekey;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.client.transport.KeyServiceTokenFilter;

/** Keys that the key service replaces. */
@Path("/v1/rekeys")
@RegisterRestClient(configKey = "keyvault-rekeys")
@RegisterProvider(KeyServiceTokenFilter.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface KeyServiceRekeys {

  /** Some of those under which something may still be sealed. */
  record Waiting(List<Rekey> rekeys) {}

  /** A key in its newer version. */
  record Version(UUID id, int version) {}

  /** What is said of these, in that version. */
  record Said(String kind, List<Version> keys) {}

  /**
   * A page of them.
   *
   * @param after the last one of the page before; null for the first
   */
  @GET
  Waiting waiting(
      @QueryParam("kind") String kind,
      @QueryParam("after") @Nullable UUID after,
      @QueryParam("limit") int limit);

  /** Until this is said of a key, it comes again. */
  @POST
  @Path("acks")
  void acknowledge(Said sealed);

  /** Something of these cannot be sealed; an officer may give them up. */
  @POST
  @Path("left")
  void leave(Said left);
}
