package org.tallykeep.keyvault.root;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tallykeep.platform.startup.StartupCheck;

/** What production thinks of the configured root key. */
record RootCheck(RootConfig.Type type, Optional<String> vaultUrl) implements StartupCheck {

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
              .map(RootCheck::encrypted)
              .orElseGet(() -> Finding.severe("quarkus.vault.url", "no Vault is set: set its URL"));
    };
  }

  private static List<Finding> encrypted(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("https://")
        ? Finding.none()
        : Finding.severe("quarkus.vault.url", "not https: branch keys would travel in the clear");
  }
}
