package org.tallykeep.customer.exports;

import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.client.KeysUnavailable;

/** Asks the key service. */
@Singleton
final class GrantsAtKeyService implements Grants {

  private static final Logger LOG = Logger.getLogger(GrantsAtKeyService.class);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int NOT_FOUND = 404;

  private final KeyServiceGrants grants;

  GrantsAtKeyService(@RestClient KeyServiceGrants grants) {
    this.grants = grants;
  }

  @Override
  public Standing find(UUID grant) {
    try {
      return switch (grants.find(grant).state()) {
        case "pending" -> Standing.PENDING;
        case "active" -> Standing.ACTIVE;
        default -> Standing.ENDED;
      };
    } catch (WebApplicationException answered) {
      if (answered.getResponse().getStatus() == NOT_FOUND) {
        return Standing.ENDED;
      }
      throw new KeysUnavailable(SOON, answered);
    } catch (ProcessingException unanswered) {
      throw new KeysUnavailable(SOON, unanswered);
    }
  }

  /** One that cannot be ended now ends by itself. */
  @Override
  public void cancel(UUID grant) {
    try {
      grants.cancel(grant);
    } catch (WebApplicationException | ProcessingException e) {
      LOG.warnf("The grant %s was not ended, and ends in its time", grant);
    }
  }
}
