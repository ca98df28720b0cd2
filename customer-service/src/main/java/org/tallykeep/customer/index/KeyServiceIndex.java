package org.tallykeep.customer.index;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.tallykeep.keyvault.client.transport.KeyServiceTokenFilter;

/** What the key service asks to be done when the index key is turned over. */
@Path("/v1/index-rotations")
@RegisterRestClient(configKey = "keyvault-index")
@RegisterProvider(KeyServiceTokenFilter.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface KeyServiceIndex {

  /** Tags are to be made anew under that version. */
  record Asked(UUID id, int version) {}

  /** What is under way. */
  record UnderWay(List<Asked> rotations) {}

  /** So many rows have their new tags. */
  record Retagged(long done, long total) {}

  @GET
  UnderWay underWay();

  @PUT
  @Path("{id}/progress")
  void note(@PathParam("id") UUID id, Retagged retagged);

  @PUT
  @Path("{id}/completion")
  void complete(@PathParam("id") UUID id, @QueryParam("keep") List<Integer> kept);
}
