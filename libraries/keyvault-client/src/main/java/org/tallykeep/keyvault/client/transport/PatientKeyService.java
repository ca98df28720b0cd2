package org.tallykeep.keyvault.client.transport;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.tallykeep.keyvault.client.Caller;
import org.tallykeep.keyvault.client.KeysUnavailable;
import org.tallykeep.keyvault.client.transport.Wire.Created;
import org.tallykeep.keyvault.client.transport.Wire.DatasetKeys;
import org.tallykeep.keyvault.client.transport.Wire.Granted;
import org.tallykeep.keyvault.client.transport.Wire.Lease;
import org.tallykeep.keyvault.client.transport.Wire.Tags;
import org.tallykeep.keyvault.client.transport.Wire.ToCreate;
import org.tallykeep.keyvault.client.transport.Wire.ToGrant;
import org.tallykeep.keyvault.client.transport.Wire.ToTag;
import org.tallykeep.keyvault.client.transport.Wire.ToUnwrap;
import org.tallykeep.keyvault.client.transport.Wire.Unwrapped;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Asks again when the key service or the issuer of tokens is away: after a time that doubles, at
 * random between half and the whole of it so that clients do not return in step, and never before
 * the service said to. Gives up where the next try would pass the limit. Every operation may be
 * repeated: a key made twice is a key that nobody uses.
 */
public final class PatientKeyService implements KeyService {

  /** How to wait: injected, so that tests need not. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /**
   * How patient to be.
   *
   * @param first the pause before the second try
   * @param limit the longest sum of pauses
   */
  public record Patience(Duration first, Duration limit) {}

  private final KeyService service;
  private final Patience patience;
  private final Pause pause;
  private final RandomGenerator random;

  public PatientKeyService(
      KeyService service, Patience patience, Pause pause, RandomGenerator random) {
    this.service = service;
    this.patience = patience;
    this.pause = pause;
    this.random = random;
  }

  @Override
  public Created create(ToCreate request) {
    return patiently(() -> service.create(request));
  }

  @Override
  public Unwrapped unwrap(ToUnwrap request, Caller caller) {
    return patiently(() -> service.unwrap(request, caller));
  }

  @Override
  public Lease lease(String purpose, long messages) {
    return patiently(() -> service.lease(purpose, messages));
  }

  @Override
  public DatasetKeys datasetKeys(String purpose) {
    return patiently(() -> service.datasetKeys(purpose));
  }

  @Override
  public Tags tags(ToTag request) {
    return patiently(() -> service.tags(request));
  }

  @Override
  public Granted submit(ToGrant request, Caller.Person person) {
    return patiently(() -> service.submit(request, person));
  }

  private <T> T patiently(Supplier<T> operation) {
    Duration waited = Duration.ZERO;
    for (Duration next = patience.first(); ; next = next.multipliedBy(2)) {
      try {
        return operation.get();
      } catch (Unavailable away) {
        Duration time = max(jittered(next), away.retryAfter());
        waited = waited.plus(time);
        if (waited.compareTo(patience.limit()) > 0) {
          throw away;
        }
        waitFor(time, away);
      }
    }
  }

  private void waitFor(Duration time, Unavailable away) {
    try {
      pause.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeysUnavailable(away.retryAfter(), away);
    }
  }

  private Duration jittered(Duration time) {
    return Duration.ofNanos(random.nextLong(time.toNanos() / 2, time.toNanos() + 1));
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
