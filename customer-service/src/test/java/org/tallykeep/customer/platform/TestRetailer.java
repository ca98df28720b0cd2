package org.tallykeep.customer.platform;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** What is fixed for a retailer in tests. */
public record TestRetailer(ZoneId zone, String currency, String country) implements RetailerConfig {

  /** In dollars, with days of UTC. */
  public static final TestRetailer USUAL = new TestRetailer(ZoneOffset.UTC, "USD", "US");
}
