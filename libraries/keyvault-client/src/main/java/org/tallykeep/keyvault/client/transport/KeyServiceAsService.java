package org.tallykeep.keyvault.client.transport;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The key service's operations, called with this service's own token. */
@Path("/v1")
@RegisterRestClient(configKey = "keyvault")
@RegisterProvider(KeyServiceTokenFilter.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface KeyServiceAsService {

  @POST
  @Path("/keys")
  Wire.Created create(Wire.ToCreate request);

  @POST
  @Path("/keys/unwrap")
  Wire.Unwrapped unwrap(Wire.ToUnwrap request);

  @POST
  @Path("/dataset-keys/{purpose}/lease")
  Wire.Lease lease(@PathParam("purpose") String purpose, Wire.ToLease request);

  @POST
  @Path("/dataset-keys/{purpose}/unwrap")
  Wire.DatasetKeys datasetKeys(@PathParam("purpose") String purpose, Map<String, Object> all);

  @POST
  @Path("/tags")
  Wire.Tags tags(Wire.ToTag request);
}
