package org.tallykeep.customer.exports;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.tallykeep.keyvault.client.transport.KeyServiceTokenFilter;

/** Grants of this service as the key service has them. */
@Path("/v1/grants")
@RegisterRestClient(configKey = "keyvault-grants")
@RegisterProvider(KeyServiceTokenFilter.class)
@Produces(MediaType.APPLICATION_JSON)
interface KeyServiceGrants {

  /** One of them: {@code pending}, {@code active} or {@code cancelled}. */
  record Grant(UUID id, String state) {}

  @GET
  @Path("{id}")
  Grant find(@PathParam("id") UUID id);

  @DELETE
  @Path("{id}")
  Grant cancel(@PathParam("id") UUID id);
}
