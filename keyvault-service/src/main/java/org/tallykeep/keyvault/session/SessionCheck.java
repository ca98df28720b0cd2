package org.tallykeep.keyvault.session;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tallykeep.platform.startup.StartupCheck;
import org.tallykeep.platform.startup.WeakSecret;

/** What production thinks of how sessions are ended. */
record SessionCheck(boolean end, Optional<String> url, String clientId, Optional<String> secret)
    implements StartupCheck {

  /** Made where the configuration is known. */
  static final class Producer {
    @Produces
    @Singleton
    StartupCheck sessionCheck(SessionConfig config) {
      return new SessionCheck(
          config.end(), config.url().map(Object::toString), config.clientId(), config.secret());
    }
  }

  @Override
  public List<Finding> findings() {
    if (!end) {
      return Finding.severe(
          "tallykeep.sessions.end",
          "whoever stole a person's session would keep it after a freeze: leave it on");
    }
    List<Finding> findings = new ArrayList<>();
    if (url.filter(u -> u.toLowerCase(Locale.ROOT).startsWith("https://")).isEmpty()) {
      findings.addAll(
          Finding.severe(
              "tallykeep.sessions.url",
              url.isEmpty()
                  ? "not set: it is the issuer's address, without /realms"
                  : "not https: the secret of the client that manages people would travel in the"
                      + " clear"));
    }
    weakness().ifPresent(why -> findings.addAll(Finding.severe("tallykeep.sessions.secret", why)));
    return findings;
  }

  private Optional<String> weakness() {
    String known = secret.orElse("");
    return known.equals(clientId)
        ? Optional.of("the secret is the name it belongs to: generate one")
        : WeakSecret.why(known);
  }
}
