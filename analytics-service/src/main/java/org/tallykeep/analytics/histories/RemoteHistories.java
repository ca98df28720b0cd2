package org.tallykeep.analytics.histories;

import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.tallykeep.aggregates.RevisionCursor;

/** The stream of the customer service, over HTTP. */
@Singleton
final class RemoteHistories implements HistorySource {

  private final CustomerServiceHistories customerService;

  RemoteHistories(@RestClient CustomerServiceHistories customerService) {
    this.customerService = customerService;
  }

  @Override
  public InputStream open(RevisionCursor after) throws IOException {
    try {
      return customerService.purchaseHistories(after.toString());
    } catch (ProcessingException | WebApplicationException e) {
      throw new IOException("the customer service gave no histories", e);
    }
  }
}
