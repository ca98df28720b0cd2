package org.tallykeep.keyvault.client;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import org.tallykeep.keyvault.client.cache.Lifetimes;
import org.tallykeep.keyvault.client.transport.HttpKeyService;
import org.tallykeep.keyvault.client.transport.MeasuredKeyService;
import org.tallykeep.keyvault.client.transport.PatientKeyService;
import org.tallykeep.keyvault.client.transport.PatientKeyService.Patience;

/** Puts the parts together: every try is measured, and tries are repeated. */
final class KeyVaultProducer {

  @Produces
  @Singleton
  KeyVault keyVault(
      HttpKeyService http,
      KeyVaultConfig config,
      Clock clock,
      EventListener events,
      MeterRegistry meters) {
    KeyVault vault =
        new KeyVault(
            new PatientKeyService(
                new MeasuredKeyService(http, meters),
                new Patience(config.firstPause(), config.patience()),
                Thread::sleep,
                new SecureRandom()),
            config,
            new KeyVault.Keeping(clock, Lifetimes.longest(), events),
            meters);
    // Whatever it was: what is kept is soon asked for again.
    events.tell(kind -> vault.forget());
    return vault;
  }

  void close(@Disposes KeyVault keyVault) {
    keyVault.close();
  }
}
