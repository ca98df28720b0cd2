package org.tallykeep.keyvault.client.transport;

import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.tallykeep.keyvault.client.Caller;
import org.tallykeep.keyvault.client.KeysFrozen;
import org.tallykeep.keyvault.client.KeysOverBudget;
import org.tallykeep.keyvault.client.KeysRefused;
import org.tallykeep.keyvault.client.KeysUnavailable;
import org.tallykeep.keyvault.client.transport.Wire.Created;
import org.tallykeep.keyvault.client.transport.Wire.DatasetKeys;
import org.tallykeep.keyvault.client.transport.Wire.Granted;
import org.tallykeep.keyvault.client.transport.Wire.Lease;
import org.tallykeep.keyvault.client.transport.Wire.Tags;
import org.tallykeep.keyvault.client.transport.Wire.ToCreate;
import org.tallykeep.keyvault.client.transport.Wire.ToGrant;
import org.tallykeep.keyvault.client.transport.Wire.ToLease;
import org.tallykeep.keyvault.client.transport.Wire.ToTag;
import org.tallykeep.keyvault.client.transport.Wire.ToUnwrap;
import org.tallykeep.keyvault.client.transport.Wire.Unwrapped;
import org.tallykeep.platform.problem.Problem;

/** The key service over HTTP: each call is made once, its failures become problems. */
@Singleton
public final class HttpKeyService implements KeyService {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final String FROZEN = "urn:tallykeep:problem:frozen";

  private final KeyServiceAsService asService;
  private final KeyServiceAsPerson asPerson;

  HttpKeyService(
      @RestClient KeyServiceAsService asService, @RestClient KeyServiceAsPerson asPerson) {
    this.asService = asService;
    this.asPerson = asPerson;
  }

  @Override
  public Created create(ToCreate request) {
    return call(() -> asService.create(request));
  }

  @Override
  public Unwrapped unwrap(ToUnwrap request, Caller caller) {
    return switch (caller) {
      case Caller.Itself _, Caller.StandingGrant _, Caller.JobGrant _ ->
          call(() -> asService.unwrap(request));
      case Caller.Person person ->
          callForPerson(() -> asPerson.unwrap("Bearer " + person.bearerToken(), request));
    };
  }

  @Override
  public Lease lease(String purpose, long messages) {
    return call(() -> asService.lease(purpose, new ToLease(messages)));
  }

  @Override
  public DatasetKeys datasetKeys(String purpose) {
    return call(() -> asService.datasetKeys(purpose, Map.of()));
  }

  @Override
  public Tags tags(ToTag request) {
    return call(() -> asService.tags(request));
  }

  @Override
  public Granted submit(ToGrant request, Caller.Person person) {
    return callForPerson(() -> asPerson.submit("Bearer " + person.bearerToken(), request));
  }

  /** A person over budget is told so; a service waits until there is room again. */
  private static <T> T callForPerson(Supplier<T> operation) {
    return call(
        () -> {
          try {
            return operation.get();
          } catch (WebApplicationException answered) {
            Response response = answered.getResponse();
            throw response.getStatus() == 429 ? new KeysOverBudget(retryAfter(response)) : answered;
          }
        });
  }

  private static boolean isFrozen(Response response) {
    return response.hasEntity() && response.readEntity(String.class).contains(FROZEN);
  }

  private static <T> T call(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (WebApplicationException answered) {
      throw refused(answered);
    } catch (ProcessingException unanswered) {
      throw unanswered.getCause() instanceof Problem problem
          ? problem
          : new KeysUnavailable(SOON, unanswered);
    }
  }

  private static RuntimeException refused(WebApplicationException answered) {
    Response response = answered.getResponse();
    return switch (response.getStatus()) {
      case 403 -> isFrozen(response) ? new KeysFrozen() : new KeysRefused();
      case 429, 502, 503, 504 -> new KeysUnavailable(retryAfter(response), answered);
      // A request that the key service does not understand is our mistake: an incident.
      default ->
          new IllegalStateException("The key service answered " + response.getStatus(), answered);
    };
  }

  private static Duration retryAfter(Response response) {
    String seconds = response.getHeaderString(HttpHeaders.RETRY_AFTER);
    return seconds != null && seconds.matches("\\d{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : SOON;
  }
}
