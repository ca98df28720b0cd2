package org.tallykeep.keyvault.root;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.runtime.VaultConfigHolder;
import io.quarkus.vault.runtime.client.VaultClientProducer;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The client of Vault, made anew when the certificates that it trusts are replaced: it reads their
 * file once, and an authority that ends must not need a restart.
 */
@Singleton
final class VaultConnection {

  private static final Logger LOG = Logger.getLogger(VaultConnection.class);

  private final Instance<VaultClient> first;
  private final Instance<VaultConfigHolder> configuration;
  private final Vertx vertx;
  private final Optional<Path> file;
  private byte @Nullable [] trusted;
  private volatile @Nullable VaultClient renewed;

  VaultConnection(
      Instance<VaultClient> first,
      Instance<VaultConfigHolder> configuration,
      Vertx vertx,
      @ConfigProperty(name = "quarkus.vault.tls.ca-cert") Optional<Path> file) {
    this.first = first;
    this.configuration = configuration;
    this.vertx = vertx;
    this.file = file;
    this.trusted = file.map(VaultConnection::certificates).orElse(null);
  }

  /** Asked for at each call, so that a service whose Vault is away still starts. */
  VaultClient client() {
    VaultClient newest = renewed;
    return newest == null ? first.get() : newest;
  }

  @Scheduled(
      every = "{tallykeep.root.trust-check-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void trustWhatIsThereNow() {
    byte[] now = file.map(VaultConnection::certificates).orElse(null);
    if (now == null || Arrays.equals(now, trusted)) {
      return;
    }
    renewed = new VaultClientProducer().sharedVaultClient(vertx, configuration.get(), false);
    trusted = now;
    LOG.info("The certificates that Vault is known by were replaced");
  }

  /** Null for a file that is not there or not whole: then what is trusted stays so. */
  private static byte @Nullable [] certificates(Path file) {
    try {
      byte[] pem = Files.readAllBytes(file);
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      return found.isEmpty() ? null : pem;
    } catch (IOException | CertificateException e) {
      LOG.warnf("The certificates of Vault cannot be read: %s", e.getClass().getName());
      return null;
    }
  }
}
