package org.tallykeep.keyvault.client.transport;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.tallykeep.platform.token.PersonTokenFilter;

/** The operations that a person may be behind, called with their token exchanged. */
@Path("/v1")
@RegisterRestClient(configKey = "keyvault")
@RegisterProvider(PersonTokenFilter.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface KeyServiceAsPerson {

  @POST
  @Path("/keys/unwrap")
  Wire.Unwrapped unwrap(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Wire.ToUnwrap request);

  @POST
  @Path("/grants")
  Wire.Granted submit(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Wire.ToGrant request);
}
