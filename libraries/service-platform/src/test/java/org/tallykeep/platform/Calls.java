package org.tallykeep.platform;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.token.PersonTokenFilter;

/** Calls that go out from the probe and come back to it, to see what they carry. */
interface Calls {

  @Path("/echo")
  @RegisterRestClient(configKey = "echo")
  @RegisterProvider(EchoTokenFilter.class)
  interface AsService {
    @GET
    String authorization();
  }

  @Path("/echo")
  @RegisterRestClient(configKey = "echo")
  @RegisterProvider(PersonTokenFilter.class)
  interface AsPerson {
    @GET
    String authorization(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization);
  }
}
