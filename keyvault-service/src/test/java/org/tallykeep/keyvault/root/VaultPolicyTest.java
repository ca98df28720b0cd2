package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.vault.client.VaultClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.local.parts.TestParts;
import org.tallykeep.local.parts.TestVault;
import org.tallykeep.local.parts.VaultSetup.KeyServiceLogin;

/** The policy in Vault lets the key service do all that it does, and every line of it is needed. */
class VaultPolicyTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^path \"([^\"]+)\" \\{.*?^}$");
  private static final Pattern CAPABILITIES = Pattern.compile("capabilities = \\[([^]]*)]");
  private static final List<String> LOGS =
      List.of("revocations", "revocation-segments", "checkpoints");
  private static final AtomicLong ENTRIES = new AtomicLong();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static KeyServiceLogin login;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static String policy;

  @BeforeAll
  static void readThePolicy() throws Exception {
    login = vault().newKeyServiceLogin();
    policy = read("sys/policies/acl/" + login.role()).path("data").path("policy").asText();
  }

  /** A policy without one capability of one path. */
  record Less(String path, String capability, String policy) {
    @Override
    public String toString() {
      return capability + " " + path;
    }
  }

  @Test
  void withAllOfItEverythingSucceeds() throws Exception {
    assertThat(failures(policy)).isEmpty();
  }

  @Test
  void noOtherLogIsWrittenOrRead() throws Exception {
    RootOfTrust trust = VaultFixture.trust(vault(), login, newToken(policy));
    AppendOnlyLog other = trust.logs().named("others");
    assertThatThrownBy(() -> other.append(1, new byte[10])).isInstanceOf(RootUnavailable.class);
    assertThatThrownBy(() -> other.read(1)).isInstanceOf(RootUnavailable.class);
  }

  @Test
  void anEntryIsNeitherOverwrittenNorRemoved() throws Exception {
    String token = newToken(policy);
    RootOfTrust trust = VaultFixture.trust(vault(), login, token);
    for (String name : LOGS) {
      long number = ENTRIES.incrementAndGet();
      assertThat(trust.logs().named(name).append(number, new byte[10])).isTrue();
      String path = "%s/%s/" + name + "/%012d".formatted(number);
      String body = "{\"data\":{\"entry\":\"AAAA\"}}";
      for (String way : List.of("data", "delete", "destroy", "metadata")) {
        assertThat(VaultFixture.post(vault(), token, path.formatted(login.logMount(), way), body))
            .as("%s of %s", way, name)
            .isEqualTo(403);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void withoutOneCapabilitySomethingFails(Less less) throws Exception {
    assertThat(failures(less.policy())).as(less.toString()).isNotEmpty();
  }

  static Stream<Less> withoutOneCapabilitySomethingFails() {
    List<Less> all = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(policy);
    while (blocks.find()) {
      Matcher named = CAPABILITIES.matcher(blocks.group());
      assertThat(named.find()).isTrue();
      List<String> capabilities = List.of(named.group(1).replace("\"", "").split(", *"));
      for (String capability : capabilities) {
        all.add(new Less(blocks.group(1), capability, without(blocks, capabilities, capability)));
      }
    }
    assertThat(all).hasSize(15);
    return all.stream();
  }

  private static String without(MatchResult block, List<String> capabilities, String without) {
    String rest =
        String.join("\", \"", capabilities.stream().filter(each -> !each.equals(without)).toList());
    String changed =
        rest.isEmpty()
            ? ""
            : CAPABILITIES.matcher(block.group()).replaceFirst("capabilities = [\"" + rest + "\"]");
    return policy.substring(0, block.start()) + changed + policy.substring(block.end());
  }

  /** All that the service ever asks of Vault. */
  private interface Call {
    void make() throws Exception;
  }

  private static List<String> failures(String policy) throws Exception {
    String token = newToken(policy);
    RootOfTrust trust = VaultFixture.trust(vault(), login, token);
    KeyRef branch = new KeyRef(UUID.randomUUID(), 1);
    byte[] wrapped =
        VaultFixture.trust(vault(), login, vault().rootToken())
            .rootKey()
            .wrap(List.of(new BranchBytes(branch, new byte[32])))
            .getFirst();
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("wrap", () -> trust.rootKey().wrap(List.of(new BranchBytes(branch, new byte[32]))));
    calls.put("unwrap", () -> trust.rootKey().unwrap(List.of(new BranchBytes(branch, wrapped))));
    calls.put("rotate", () -> trust.rootKey().rotate());
    calls.put("newest version", () -> trust.rootKey().newestVersion());
    calls.put("wrap from", () -> trust.rootKey().wrapFrom(1));
    calls.put("retire", () -> trust.rootKey().retireBefore(1));
    calls.put("sign", () -> trust.signingKey().sign(new byte[10]));
    calls.put("public keys", () -> trust.signingKey().publicKeys());
    for (String name : LOGS) {
      AppendOnlyLog log = trust.logs().named(name);
      long number = ENTRIES.incrementAndGet();
      calls.put("append to " + name, () -> log.append(number, new byte[10]));
      calls.put("read " + name, () -> log.read(number));
    }
    calls.put(
        "renew",
        () -> {
          if (VaultFixture.post(vault(), token, "auth/token/renew-self", "{}") != 200) {
            throw new RootUnavailable(null);
          }
        });
    List<String> failed = new ArrayList<>();
    for (Map.Entry<String, Call> call : calls.entrySet()) {
      try {
        call.getValue().make();
      } catch (RootUnavailable | VaultClientException e) {
        failed.add(call.getKey());
      }
    }
    return failed;
  }

  private static String newToken(String policy) throws Exception {
    String name = "probe-" + UUID.randomUUID();
    String root = vault().rootToken();
    assertThat(
            VaultFixture.post(
                vault(),
                root,
                "sys/policies/acl/" + name,
                JSON.writeValueAsString(Map.of("policy", policy))))
        .isEqualTo(204);
    var made =
        VaultFixture.send(
            vault(),
            root,
            "auth/token/create",
            JSON.writeValueAsString(
                Map.of("policies", List.of(name), "no_default_policy", true, "ttl", "5m")));
    return JSON.readTree(made.body()).path("auth").path("client_token").asText();
  }

  private static JsonNode read(String path) throws Exception {
    return JSON.readTree(VaultFixture.get(vault(), vault().rootToken(), path).body());
  }

  private static TestVault vault() {
    return TestParts.get().vault();
  }
}
