package org.tallykeep.keyvault.client.transport;

import jakarta.inject.Singleton;
import org.tallykeep.platform.token.OutgoingTokens;
import org.tallykeep.platform.token.ServiceTokenFilter;

/** This service's token for the key service. */
@Singleton
public final class KeyServiceTokenFilter extends ServiceTokenFilter {

  KeyServiceTokenFilter(OutgoingTokens tokens) {
    super(tokens, "keyvault-service");
  }
}
