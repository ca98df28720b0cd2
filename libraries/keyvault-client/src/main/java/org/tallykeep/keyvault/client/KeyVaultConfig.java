package org.tallykeep.keyvault.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How this service uses the key service. */
@ConfigMapping(prefix = "tallykeep.keyvault")
public interface KeyVaultConfig {

  /** Where the key service is; the REST client reads it. */
  Optional<String> url();

  /** How many {@code link} keys are kept, none for longer than 30 seconds of use. */
  @WithDefault("20000")
  int linkCacheSize();

  /** The smallest number of messages asked for at once; grows with use. */
  @WithDefault("65536")
  long leaseMessages();

  /** The pause before the second try when the key service is away; it doubles. */
  @WithDefault("PT0.1S")
  Duration firstPause();

  /** The longest that one request waits for the key service to come back. */
  @WithDefault("PT10S")
  Duration patience();
}
