package org.tallykeep.keyvault.client.transport;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.tallykeep.keyvault.client.Caller;
import org.tallykeep.keyvault.client.KeysRefused;
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

/** Counts and times requests and keys by operation, purpose and outcome; no id is a label. */
public final class MeasuredKeyService implements KeyService {

  private final KeyService service;
  private final MeterRegistry meters;

  public MeasuredKeyService(KeyService service, MeterRegistry meters) {
    this.service = service;
    this.meters = meters;
  }

  @Override
  public Created create(ToCreate request) {
    return measured("create", request.kind(), () -> service.create(request), c -> c.keys().size());
  }

  @Override
  public Unwrapped unwrap(ToUnwrap request, Caller caller) {
    return measured(
        "unwrap",
        request.purpose(),
        () -> service.unwrap(request, caller),
        unwrapped -> unwrapped.keys().size());
  }

  @Override
  public Lease lease(String purpose, long messages) {
    return measured("lease", purpose, () -> service.lease(purpose, messages), lease -> 1);
  }

  @Override
  public DatasetKeys datasetKeys(String purpose) {
    return measured(
        "dataset-keys", purpose, () -> service.datasetKeys(purpose), all -> all.keys().size());
  }

  @Override
  public Tags tags(ToTag request) {
    return measured("tags", request.field(), () -> service.tags(request), t -> t.tags().size());
  }

  @Override
  public Granted submit(ToGrant request, Caller.Person person) {
    return measured("submit", "job", () -> service.submit(request, person), granted -> 0);
  }

  private <T> T measured(
      String operation, String purpose, Supplier<T> call, ToIntFunction<T> keysIn) {
    Timer.Sample started = Timer.start(meters);
    String outcome = "failed";
    try {
      T answer = call.get();
      outcome = "ok";
      meters
          .counter("tallykeep.keyvault.keys", "operation", operation, "purpose", purpose)
          .increment(keysIn.applyAsInt(answer));
      return answer;
    } catch (KeysRefused refused) {
      outcome = "refused";
      throw refused;
    } catch (Unavailable away) {
      outcome = "unavailable";
      throw away;
    } finally {
      started.stop(
          meters.timer(
              "tallykeep.keyvault.requests",
              "operation",
              operation,
              "purpose",
              purpose,
              "outcome",
              outcome));
    }
  }
}
