package org.tallykeep.platform;

import jakarta.inject.Singleton;
import org.tallykeep.platform.token.OutgoingTokens;
import org.tallykeep.platform.token.ServiceTokenFilter;

/** The probe's token for the service that it calls. */
@Singleton
public final class EchoTokenFilter extends ServiceTokenFilter {

  EchoTokenFilter(OutgoingTokens tokens) {
    super(tokens, "echo-service");
  }
}
