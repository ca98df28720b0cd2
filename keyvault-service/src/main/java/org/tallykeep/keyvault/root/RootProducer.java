package org.tallykeep.keyvault.root;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.tallykeep.platform.startup.StartupCheck;

/** Makes what the configuration asks for, and says what production thinks of it. */
final class RootProducer {

  private static final String VAULT_URL = "quarkus.vault.url";

  @Produces
  @Singleton
  RootOfTrust trust(RootConfig config, VaultConnection vault) {
    return switch (config.type()) {
      case VAULT -> RootOfTrust.inVault(config, vault::client);
      case LOCAL -> RootOfTrust.inFiles(keyStore(config.local()), password(config.local()));
    };
  }

  @Produces
  @Singleton
  RootKey rootKey(RootOfTrust trust, MeterRegistry meters) {
    return new MeteredRoot(trust.rootKey(), meters);
  }

  @Produces
  @Singleton
  SigningKey signingKey(RootOfTrust trust) {
    return trust.signingKey();
  }

  @Produces
  @Singleton
  AppendOnlyLogs logs(RootOfTrust trust) {
    return trust.logs();
  }

  @Produces
  @Singleton
  StartupCheck rootCheck(RootConfig config, Config all) {
    return new RootCheck(
        config.type(),
        all.getOptionalValue(VAULT_URL, String.class),
        RootCheck.TRUSTS_ANYBODY.stream()
            .filter(name -> all.getOptionalValue(name, Boolean.class).orElse(false))
            .toList());
  }

  private static Path keyStore(RootConfig.Local local) {
    return local
        .keystore()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Set tallykeep.root.local.keystore: the PKCS#12 file of the local root key,"
                        + " made at the first start."));
  }

  private static String password(RootConfig.Local local) {
    return local
        .password()
        .filter(p -> !p.isBlank())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Set tallykeep.root.local.password: it protects the local root key."));
  }
}
