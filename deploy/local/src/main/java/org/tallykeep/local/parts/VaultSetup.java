package org.tallykeep.local.parts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the key service needs in Vault: a root key in the transit engine, the signing key, a KV
 * mount for its logs, a policy that allows just these, and an AppRole to log in with. Every step
 * may be repeated.
 */
public record VaultSetup(Vault vault, String rootToken, ProjectHome home) {

  @Override
  public String toString() {
    return "VaultSetup[" + vault.url() + "]";
  }

  /**
   * How a key service logs in, and the names that are its own.
   *
   * @param role the name of its policy too
   */
  public record KeyServiceLogin(
      String role,
      String roleId,
      String secretId,
      String transitKey,
      String signingKey,
      String logMount) {
    @Override
    public String toString() {
      return "KeyServiceLogin[" + transitKey + ", " + logMount + "]";
    }
  }

  public void auditTo(Path file) {
    if (!has("sys/audit", "file/")) {
      put(
          "sys/audit/file",
          Map.of("type", "file", "options", Map.of("file_path", file.toString())));
    }
  }

  /**
   * Makes them.
   *
   * @param ending what the names end with; empty for the ordinary names
   */
  public KeyServiceLogin keyService(String ending) {
    String role = "keyvault-service" + ending;
    String transitKey = "tallykeep-root" + ending;
    String signingKey = "tallykeep-signing" + ending;
    String logMount = "tallykeep" + ending;
    mount("transit", Map.of("type", "transit"));
    mount(logMount, Map.of("type", "kv", "options", Map.of("version", "2")));
    if (!has("sys/auth", "approle/")) {
      put("sys/auth/approle", Map.of("type", "approle"));
    }
    put("transit/keys/" + transitKey, Map.of("type", "aes256-gcm96"));
    put("transit/keys/" + signingKey, Map.of("type", "ed25519"));
    String policy =
        ProjectHome.read(home.vaultPolicy("keyvault-service"))
            .replace("${transit_key}", transitKey)
            .replace("${signing_key}", signingKey)
            .replace("${log_mount}", logMount);
    put("sys/policies/acl/" + role, Map.of("policy", policy));
    String login = "auth/approle/role/" + role;
    put(
        login,
        Map.of(
            "token_policies", role,
            "token_no_default_policy", true,
            "token_ttl", "1h",
            "token_max_ttl", "24h",
            "token_bound_cidrs", "127.0.0.1/32",
            "secret_id_bound_cidrs", "127.0.0.1/32"));
    String roleId =
        vault.expect("GET", login + "/role-id", rootToken, Map.of()).at("/data/role_id").asText();
    String secretId =
        vault
            .expect("POST", login + "/secret-id", rootToken, Map.of())
            .at("/data/secret_id")
            .asText();
    return new KeyServiceLogin(role, roleId, secretId, transitKey, signingKey, logMount);
  }

  /**
   * Lets a service account of a Kubernetes cluster log in with the rights of a key service.
   *
   * @param subject as in {@code system:serviceaccount:NAMESPACE:NAME}
   * @param publicKey of the cluster's issuer, PEM
   */
  public void trustServiceAccount(KeyServiceLogin login, String subject, String publicKey) {
    if (!has("sys/auth", "jwt/")) {
      put("sys/auth/jwt", Map.of("type", "jwt"));
    }
    put("auth/jwt/config", Map.of("jwt_validation_pubkeys", List.of(publicKey)));
    put(
        "auth/jwt/role/" + login.role(),
        Map.of(
            "role_type",
            "jwt",
            "user_claim",
            "sub",
            "bound_subject",
            subject,
            "bound_audiences",
            List.of("vault"),
            "token_policies",
            login.role(),
            "token_no_default_policy",
            true,
            "token_ttl",
            "1h",
            "token_max_ttl",
            "24h"));
  }

  private void mount(String name, Map<String, ?> engine) {
    if (!has("sys/mounts", name + "/")) {
      put("sys/mounts/" + name, engine);
    }
  }

  private boolean has(String list, String name) {
    return vault.expect("GET", list, rootToken, Map.of()).path("data").has(name);
  }

  private void put(String path, Map<String, ?> body) {
    vault.expect("POST", path, rootToken, body);
  }
}
