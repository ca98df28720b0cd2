package org.tallykeep.customer.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;

/** What is fixed for a retailer: where a day ends, which money, how phone numbers are dialled. */
@ConfigMapping(prefix = "tallykeep.retailer")
public interface RetailerConfig {

  /** The zone whose midnight ends a day of sales. */
  @WithDefault("UTC")
  ZoneId zone();

  /** ISO 4217; purchases in another currency are refused. */
  @WithDefault("USD")
  String currency();

  /** ISO 3166 code of the country whose phone numbers come without a country code. */
  @WithDefault("US")
  String country();
}
