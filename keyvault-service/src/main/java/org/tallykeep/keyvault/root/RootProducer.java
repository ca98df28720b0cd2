package org.tallykeep.keyvault.root;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vault.client.VaultClient;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.eclipse.microprofile.config.Config;
import org.tallykeep.platform.startup.StartupCheck;

/** Makes the root key that the configuration asks for, and says what production thinks of it. */
final class RootProducer {

  private static final String VAULT_URL = "quarkus.vault.url";

  @Produces
  @Singleton
  RootKey root(RootConfig config, Instance<VaultClient> vault, MeterRegistry meters) {
    RootKey root =
        switch (config.type()) {
          case VAULT ->
              new VaultRoot(
                  () -> vault.get().secrets().transit(config.transitMount()),
                  config.transitKey(),
                  config.timeout());
          case LOCAL -> new LocalRoot(localKeyStore(config.local()).openOrCreate());
        };
    return new MeteredRoot(root, meters);
  }

  @Produces
  @Singleton
  StartupCheck rootCheck(RootConfig config, Config all) {
    return new RootCheck(config.type(), all.getOptionalValue(VAULT_URL, String.class));
  }

  private static LocalKeyStore localKeyStore(RootConfig.Local local) {
    Path file =
        local
            .keystore()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Set tallykeep.root.local.keystore: the PKCS#12 file of the local root"
                            + " key, made at the first start."));
    String password =
        local
            .password()
            .filter(p -> !p.isBlank())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Set tallykeep.root.local.password: it protects the local root key."));
    return new LocalKeyStore(file, password, new SecureRandom());
  }
}
