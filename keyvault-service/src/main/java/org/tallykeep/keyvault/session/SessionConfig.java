package org.tallykeep.keyvault.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where people log in, and the client that ends their sessions there. */
@ConfigMapping(prefix = "tallykeep.sessions")
interface SessionConfig {

  /** Whether sessions are ended at all; production insists. */
  @WithDefault("true")
  boolean end();

  /** Keycloak, as far as its admin API is reached from here: {@code /admin/realms} comes after. */
  Optional<URI> url();

  /** The realm of the people. */
  @WithDefault("tallykeep")
  String realm();

  /** A client for this alone: see deploy/keycloak. */
  @WithDefault("keyvault-sessions")
  String clientId();

  /** Its secret. */
  Optional<String> secret();

  /** When a session that could not be ended is tried again; the pauses double up to a minute. */
  @WithDefault("1s")
  Duration retryAfter();
}
