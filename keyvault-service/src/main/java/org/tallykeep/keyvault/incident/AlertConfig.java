package org.tallykeep.keyvault.incident;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Who is told of incidents, besides the log and the metric. */
@ConfigMapping(prefix = "tallykeep.alerts")
interface AlertConfig {

  /** Where alerts are sent by POST. */
  Optional<URI> webhook();

  /** Signs them: {@code X-Tallykeep-Signature: sha256=} and the HMAC-SHA256 of the body. */
  Optional<String> secret();

  /** How often undelivered alerts are tried again at first; the pauses double up to an hour. */
  @WithDefault("10s")
  Duration retryAfter();
}
