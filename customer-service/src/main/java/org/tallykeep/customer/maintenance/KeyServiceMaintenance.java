package org.tallykeep.customer.maintenance;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.tallykeep.keyvault.client.transport.KeyServiceTokenFilter;

/** The key service's own rewrite: the order of its keys must not tell more than ours does. */
@Path("/v1/maintenance")
@RegisterRestClient(configKey = "keyvault-maintenance")
@RegisterProvider(KeyServiceTokenFilter.class)
interface KeyServiceMaintenance {

  /** Rows written, by table. */
  record Rewritten(Map<String, Long> rows) {}

  @POST
  @Path("rewrite")
  @Produces(MediaType.APPLICATION_JSON)
  Rewritten rewrite();
}
