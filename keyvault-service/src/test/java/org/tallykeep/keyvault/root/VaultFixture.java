package org.tallykeep.keyvault.root;

import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.http.jdk.JDKVaultHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.tallykeep.local.parts.TestVault;
import org.tallykeep.local.parts.VaultSetup;

/** The Vault root without the framework. */
final class VaultFixture {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private VaultFixture() {}

  /** Keys and logs of its own in that Vault, as the key service reaches them. */
  static RootOfTrust trust(TestVault vault) throws Exception {
    var login = vault.newKeyServiceLogin();
    return trust(login, builder(vault).appRole(login.roleId(), login.secretId()).build());
  }

  /** The same with the rights of that token. */
  static RootOfTrust trust(TestVault vault, VaultSetup.KeyServiceLogin login, String token)
      throws Exception {
    return trust(login, builder(vault).clientToken(token).build());
  }

  private static RootOfTrust trust(VaultSetup.KeyServiceLogin login, VaultClient client) {
    return RootOfTrust.inVault(
        new Names(login.transitKey(), login.signingKey(), login.logMount()), () -> client);
  }

  private static VaultClient.Builder builder(TestVault vault) throws Exception {
    return VaultClient.builder()
        .baseUrl(URI.create(vault.url()).toURL())
        .executor(new JDKVaultHttpClient(HTTP))
        .requestTimeout(Duration.ofSeconds(5));
  }

  /** A root key of its own in that Vault. */
  static RootKey root(TestVault vault) throws Exception {
    return trust(vault).rootKey();
  }

  /** A token of the key service itself. */
  static String token(TestVault vault, VaultSetup.KeyServiceLogin login) throws Exception {
    String body =
        "{\"role_id\":\"%s\",\"secret_id\":\"%s\"}".formatted(login.roleId(), login.secretId());
    var answer = send(vault, "", "auth/approle/login", body);
    return io.restassured.path.json.JsonPath.from(answer.body()).getString("auth.client_token");
  }

  /** The status that Vault answers. */
  static int post(TestVault vault, String token, String path, String body) throws Exception {
    return send(vault, token, path, body).statusCode();
  }

  /** What Vault answers. */
  static HttpResponse<String> get(TestVault vault, String token, String path) throws Exception {
    return HTTP.send(
        request(vault, token, path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What Vault answers. */
  static HttpResponse<String> send(TestVault vault, String token, String path, String body)
      throws Exception {
    return HTTP.send(
        request(vault, token, path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(TestVault vault, String token, String path) {
    return HttpRequest.newBuilder(URI.create(vault.url() + "/v1/" + path))
        .header("X-Vault-Token", token);
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
    public String trustCheckEvery() {
      return "off";
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
