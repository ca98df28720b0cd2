package org.tallykeep.analytics.histories;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.tallykeep.aggregates.HistoryStream;

/** The customer service, as far as this service needs it. */
@Path("/v1/aggregates")
@RegisterRestClient(configKey = "customer-service")
@RegisterProvider(CustomerServiceTokenFilter.class)
interface CustomerServiceHistories {

  /** The body is read while it arrives. */
  @GET
  @Path("/purchase-histories")
  @Produces(HistoryStream.MEDIA_TYPE)
  InputStream purchaseHistories(@QueryParam("afterRevision") String cursor);
}
