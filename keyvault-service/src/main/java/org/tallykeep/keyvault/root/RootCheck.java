package org.tallykeep.keyvault.root;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tallykeep.platform.startup.StartupCheck;

/**
 * What production thinks of the configured root key.
 *
 * @param unverified those of {@link #TRUSTS_ANYBODY} that are switched on
 */
record RootCheck(RootConfig.Type type, Optional<String> vaultUrl, List<String> unverified)
    implements StartupCheck {

  /** Settings with which Vault's certificate is not looked at. */
  static final List<String> TRUSTS_ANYBODY =
      List.of("quarkus.vault.tls.skip-verify", "quarkus.tls.trust-all");

  @Override
  public List<Finding> findings() {
    return switch (type) {
      case LOCAL ->
          Finding.severe(
              "tallykeep.root.type",
              "the local root key lies in a file beside the service: use vault");
      case VAULT ->
          vaultUrl
              .filter(url -> !url.isBlank())
              .map(this::encrypted)
              .orElseGet(() -> Finding.severe("quarkus.vault.url", "no Vault is set: set its URL"));
    };
  }

  private List<Finding> encrypted(String url) {
    if (!url.toLowerCase(Locale.ROOT).startsWith("https://")) {
      return Finding.severe(
          "quarkus.vault.url", "not https: branch keys would travel in the clear");
    }
    return unverified.isEmpty()
        ? Finding.none()
        : Finding.severe(
            unverified.getFirst(),
            "anybody could pose as Vault: trust its authority's certificate");
  }
}
