package org.tallykeep.analytics.histories;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** How much is in memory. */
@Singleton
final class HistoriesMetrics {

  private final HistoryStore store;
  private final MeterRegistry registry;

  HistoriesMetrics(HistoryStore store, MeterRegistry registry) {
    this.store = store;
    this.registry = registry;
  }

  void register(@Observes StartupEvent starting) {
    Gauge.builder("tallykeep.histories", store, s -> s.current().map(Histories::size).orElse(0))
        .description("purchase histories in memory")
        .register(registry);
  }
}
