package org.tallykeep.customer.prediction;

import jakarta.inject.Singleton;
import org.tallykeep.platform.token.OutgoingTokens;
import org.tallykeep.platform.token.ServiceTokenFilter;

/** This service's token for the analytics service, which gets nothing at the key service. */
@Singleton
public final class AnalyticsTokenFilter extends ServiceTokenFilter {

  AnalyticsTokenFilter(OutgoingTokens tokens) {
    super(tokens, "analytics-service");
  }
}
