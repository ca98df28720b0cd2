package org.tallykeep.customer.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * For how long the queue has not been empty, as this replica saw it: no row tells a time, so this
 * bounds the age of the oldest purchase that waits from above.
 */
@Singleton
public final class Lag {

  private static final long EMPTY = Long.MIN_VALUE;

  private final LongSupplier nanos;
  private final AtomicLong since = new AtomicLong(EMPTY);

  @Inject
  Lag() {
    this(System::nanoTime);
  }

  Lag(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void measure(@Observes StartupEvent event, MeterRegistry registry) {
    TimeGauge.builder("tallykeep.ingest.lag", this, TimeUnit.MILLISECONDS, Lag::millis)
        .description("for how long the queue of purchases has not been seen empty")
        .register(registry);
  }

  void accepted(@Observes PurchasesAccepted event) {
    saw(true);
  }

  /** Somebody looked at the queue: whether anything waits. */
  public void saw(boolean waiting) {
    if (waiting) {
      since.compareAndSet(EMPTY, nanos.getAsLong());
    } else {
      since.set(EMPTY);
    }
  }

  /** Zero if nothing waited when it was last looked at. */
  Duration now() {
    long began = since.get();
    return began == EMPTY ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - began);
  }

  private static double millis(@Nullable Lag lag) {
    return lag == null ? 0 : lag.now().toMillis();
  }
}
