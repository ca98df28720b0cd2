package org.tallykeep.analytics.histories;

import jakarta.inject.Singleton;
import org.tallykeep.platform.token.OutgoingTokens;
import org.tallykeep.platform.token.ServiceTokenFilter;

/** This service's token for the customer service. */
@Singleton
public final class CustomerServiceTokenFilter extends ServiceTokenFilter {

  CustomerServiceTokenFilter(OutgoingTokens tokens) {
    super(tokens, "customer-service");
  }
}
