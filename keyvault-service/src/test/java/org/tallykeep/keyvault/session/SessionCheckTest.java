package org.tallykeep.keyvault.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallykeep.platform.startup.StartupCheck.Finding;

class SessionCheckTest {

  private static final String URL = "https://issuer.example";
  private static final String STRONG = "u8Fv2mQx9LpT4sWz7KdR";

  @Test
  void sessionsThatGoOnAreSevere() {
    assertSevere(
        new SessionCheck(false, Optional.of(URL), "keyvault-sessions", Optional.of(STRONG)),
        "tallykeep.sessions.end");
  }

  @Test
  void noIssuerAndOneWithoutEncryptionAreSevere() {
    assertSevere(
        new SessionCheck(true, Optional.empty(), "keyvault-sessions", Optional.of(STRONG)),
        "tallykeep.sessions.url");
    assertSevere(
        new SessionCheck(
            true, Optional.of("http://issuer.example"), "keyvault-sessions", Optional.of(STRONG)),
        "tallykeep.sessions.url");
  }

  @Test
  void noSecretAWeakOneAndTheClientsNameAreSevere() {
    for (String secret : new String[] {"", "changeme", "keyvault-sessions"}) {
      assertSevere(
          new SessionCheck(
              true,
              Optional.of(URL),
              "keyvault-sessions",
              Optional.of(secret).filter(s -> !s.isEmpty())),
          "tallykeep.sessions.secret");
    }
  }

  @Test
  void aClientOfItsOwnWithAStrongSecretIsFine() {
    assertThat(
            new SessionCheck(true, Optional.of(URL), "keyvault-sessions", Optional.of(STRONG))
                .findings())
        .isEmpty();
  }

  private static void assertSevere(SessionCheck check, String property) {
    assertThat(check.findings())
        .singleElement()
        .matches(Finding::severe)
        .extracting(Finding::property)
        .isEqualTo(property);
  }
}
