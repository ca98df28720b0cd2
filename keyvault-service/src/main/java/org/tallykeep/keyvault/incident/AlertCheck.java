package org.tallykeep.keyvault.incident;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.tallykeep.platform.startup.StartupCheck;

/** What production thinks of where alerts go. */
record AlertCheck(Optional<String> webhook, Optional<String> secret) implements StartupCheck {

  /** Made where the configuration is known. */
  static final class Producer {
    @Produces
    @Singleton
    StartupCheck alertCheck(AlertConfig config) {
      return new AlertCheck(config.webhook().map(Object::toString), config.secret());
    }
  }

  @Override
  public List<Finding> findings() {
    if (webhook.isEmpty()) {
      return Finding.none();
    }
    if (!webhook.get().startsWith("https://")) {
      return Finding.severe(
          "tallykeep.alerts.webhook", "not https: anybody on the way could keep alerts back");
    }
    return secret.filter(s -> s.length() >= 32).isPresent()
        ? Finding.none()
        : Finding.severe(
            "tallykeep.alerts.secret", "set one of 32 characters or more: it signs alerts");
  }
}
