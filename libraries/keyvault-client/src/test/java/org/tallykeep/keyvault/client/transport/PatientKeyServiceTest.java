package org.tallykeep.keyvault.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.client.Caller;
import org.tallykeep.keyvault.client.KeysRefused;
import org.tallykeep.keyvault.client.KeysUnavailable;
import org.tallykeep.keyvault.client.transport.PatientKeyService.Patience;

class PatientKeyServiceTest {

  private final Queue<RuntimeException> failures = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private int tries;
  private final KeyService patient =
      new PatientKeyService(
          new Unsteady(),
          new Patience(Duration.ofMillis(100), Duration.ofSeconds(10)),
          pauses::add,
          new Random(1));

  private final class Unsteady implements KeyService {
    @Override
    public Wire.Lease lease(String purpose, long messages) {
      tries++;
      RuntimeException failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
      return new Wire.Lease(UUID.randomUUID(), 1, new byte[32], messages);
    }

    @Override
    public Wire.Created create(Wire.ToCreate request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Wire.Unwrapped unwrap(Wire.ToUnwrap request, Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Wire.DatasetKeys datasetKeys(String purpose) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Wire.Tags tags(Wire.ToTag request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Wire.Granted submit(Wire.ToGrant request, Caller.Person person) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void pausesDoubleWithJitterUntilTheServiceIsBack() {
    away(4, Duration.ZERO);
    patient.lease("ledger", 1);
    assertThat(tries).isEqualTo(5);
    for (int i = 0; i < 4; i++) {
      long whole = 100L << i;
      assertThat(pauses.get(i)).isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
    }
  }

  @Test
  void theServicesOwnTimeIsHonoured() {
    away(1, Duration.ofSeconds(3));
    patient.lease("ledger", 1);
    assertThat(pauses).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void itGivesUpRatherThanWaitTooLong() {
    away(9, Duration.ofSeconds(4));
    assertThatThrownBy(() -> patient.lease("ledger", 1)).isInstanceOf(KeysUnavailable.class);
    assertThat(tries).isEqualTo(3);
  }

  @Test
  void aRefusalIsFinal() {
    failures.add(new KeysRefused());
    assertThatThrownBy(() -> patient.lease("ledger", 1)).isInstanceOf(KeysRefused.class);
    assertThat(tries).isEqualTo(1);
  }

  private void away(int times, Duration retryAfter) {
    for (int i = 0; i < times; i++) {
      failures.add(new KeysUnavailable(retryAfter, null));
    }
  }
}
