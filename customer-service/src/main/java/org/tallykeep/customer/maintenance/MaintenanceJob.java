package org.tallykeep.customer.maintenance;

import java.util.Map;

/** A job of a feature that an officer may start by {@code POST /v1/maintenance/{name}}. */
public interface MaintenanceJob {

  /** The last part of the job's path: {@code mix}, {@code close-partition}, {@code refill-pool}. */
  String name();

  /** Does all the work there is now and says how much that was. */
  Map<String, Long> run();
}
