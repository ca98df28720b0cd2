package org.tallykeep.customer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LagTest {

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Lag lag = new Lag(nanos::get);

  @Test
  void nothingHasWaitedAsLongAsNothingWasSeen() {
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(lag.now()).isZero();
  }

  @Test
  void itGrowsFromTheFirstLookThatSawSomethingUntilOneThatSeesNothing() {
    lag.accepted(new PurchasesAccepted(3));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    lag.saw(true);
    lag.accepted(new PurchasesAccepted(1));
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(lag.now()).isEqualTo(Duration.ofSeconds(5));

    lag.saw(false);

    nanos.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(lag.now()).isZero();
    lag.saw(true);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(lag.now()).isEqualTo(Duration.ofSeconds(1));
  }
}
