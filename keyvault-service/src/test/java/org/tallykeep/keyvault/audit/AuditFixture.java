package org.tallykeep.keyvault.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.tallykeep.keyvault.dataset.DatasetKeys;

/** A trail without the framework; whoever makes one starts and stops it. */
final class AuditFixture {

  private AuditFixture() {}

  /** One that may go unwitnessed for longer than any test takes. */
  static AuditTrail trail(
      AuditRepository entries, DatasetKeys datasets, Unwitnessed unwitnessed, Clock clock) {
    return trail(
        entries,
        datasets,
        unwitnessed,
        clock,
        config(256, Duration.ofHours(12)),
        new SimpleMeterRegistry());
  }

  static AuditTrail trail(
      AuditRepository entries,
      DatasetKeys datasets,
      Unwitnessed unwitnessed,
      Clock clock,
      AuditConfig config,
      MeterRegistry meters) {
    AuditWriter writer =
        new AuditWriter(entries, new AuditKey(datasets, clock), unwitnessed, config, meters);
    return new AuditTrail(config, writer, unwitnessed);
  }

  static AuditConfig config(int groupSize, Duration maxUnwitnessed) {
    return new Config(
        Duration.ofMillis(1),
        groupSize,
        8_192,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        maxUnwitnessed);
  }

  private record Config(
      Duration groupWindow,
      int groupSize,
      int queue,
      Duration timeout,
      Duration checkpointEvery,
      Duration maxUnwitnessed)
      implements AuditConfig {}
}
