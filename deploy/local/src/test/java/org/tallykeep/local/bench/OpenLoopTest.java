package org.tallykeep.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tallykeep.local.CommandFailure;

class OpenLoopTest {

  private final OpenLoop pace = new OpenLoop(1_000, Duration.ofMillis(20), Duration.ofMillis(100));

  @Test
  void allAreSentAndTheMeasuredOnesTimed() {
    AtomicInteger sent = new AtomicInteger();
    double[] times = pace.times(sent::incrementAndGet);
    assertThat(sent).hasValue(120);
    assertThat(times).hasSize(100).isSorted();
    assertThat(times[0]).isNotNegative();
  }

  /** One that hangs keeps none from beginning: the first ends when the last has begun. */
  @Test
  void aSlowRequestHoldsNoOtherUp() {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch last = new CountDownLatch(1);
    double[] times =
        new OpenLoop(1_000, Duration.ZERO, Duration.ofMillis(50))
            .times(
                () -> {
                  int number = begun.incrementAndGet();
                  if (number == 50) {
                    last.countDown();
                  } else if (number == 1) {
                    await(last);
                  }
                });
    assertThat(times).hasSize(50);
    assertThat(last.getCount()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new CommandFailure("the others did not begin");
      }
    } catch (InterruptedException e) {
      throw new CommandFailure("interrupted", e);
    }
  }

  @Test
  void aRequestThatFailsEndsTheMeasurement() {
    assertThatThrownBy(
            () ->
                pace.times(
                    () -> {
                      throw new CommandFailure("no answer");
                    }))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("no answer");
  }
}
