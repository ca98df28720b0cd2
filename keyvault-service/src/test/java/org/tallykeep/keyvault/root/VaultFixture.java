package org.tallykeep.keyvault.root;

import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.http.jdk.JDKVaultHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.tallykeep.local.parts.TestVault;

/** The Vault root without the framework. */
final class VaultFixture {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private VaultFixture() {}

  /** Keys and logs of its own in that Vault, as the key service reaches them. */
  static RootOfTrust trust(TestVault vault) throws Exception {
    var login = vault.newKeyServiceLogin();
    VaultClient client =
        VaultClient.builder()
            .baseUrl(URI.create(vault.url()).toURL())
            .executor(new JDKVaultHttpClient(HTTP))
            .requestTimeout(Duration.ofSeconds(5))
            .appRole(login.roleId(), login.secretId())
            .build();
    return RootOfTrust.inVault(
        new Names(login.transitKey(), login.signingKey(), login.logMount()), () -> client);
  }

  /** A root key of its own in that Vault. */
  static RootKey root(TestVault vault) throws Exception {
    return trust(vault).rootKey();
  }

  private record Names(String transitKey, String signingKey, String logMount)
      implements RootConfig {
    @Override
    public Type type() {
      return Type.VAULT;
    }

    @Override
    public String transitMount() {
      return "transit";
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(6);
    }

    @Override
    public Local local() {
      throw new UnsupportedOperationException();
    }
  }

  /** A root key in a Vault at an address where there may be none. */
  static RootKey rootAt(String url, Duration timeout) throws Exception {
    VaultClient client =
        VaultClient.builder()
            .baseUrl(URI.create(url).toURL())
            .executor(new JDKVaultHttpClient(HTTP))
            .requestTimeout(timeout)
            .clientToken("none")
            .build();
    return new VaultRoot(
        () -> client.secrets().transit(), "tallykeep-root", new VaultCalls(timeout));
  }
}
