package org.tallykeep.customer.prediction;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The analytics service, which knows pseudonyms only. */
@Path("/v1")
@RegisterRestClient(configKey = "analytics")
@RegisterProvider(AnalyticsTokenFilter.class)
@RegisterProvider(AnalyticsProblems.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface AnalyticsService {

  @POST
  @Path("/predictions")
  List<PseudonymPrediction> predict(PseudonymRequest request);
}
