package org.tallykeep.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.analytics.histories.Histories;
import org.tallykeep.analytics.histories.HistoryStores;

class CurrentModelTest {

  private final Hand clock = new Hand();
  private final CurrentModel current = TestModels.current(clock);
  private final Histories before =
      HistoryStores.loaded(Map.of(UUID.randomUUID(), new int[] {1, 9})).required();
  private final Histories after =
      HistoryStores.loaded(Map.of(UUID.randomUUID(), new int[] {1, 20})).required();

  /** Moves when told to. */
  private static final class Hand extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private Histories fittedTo() {
    return current.active().orElseThrow().fittedTo();
  }

  @Test
  void theFirstHistoriesAreFittedAtOnce() {
    assertThat(current.active()).isEmpty();

    current.refitWhenDue(before);

    assertThat(fittedTo()).isSameAs(before);
  }

  @Test
  void changedHistoriesAreFittedWhenTheLastFitIsLongEnoughAgo() {
    current.refitWhenDue(before);

    clock.now = clock.now.plus(Duration.ofSeconds(59));
    current.refitWhenDue(after);
    assertThat(fittedTo()).isSameAs(before);

    clock.now = clock.now.plus(Duration.ofSeconds(2));
    current.refitWhenDue(after);
    assertThat(fittedTo()).isSameAs(after);
  }

  @Test
  void unchangedHistoriesAreNotFittedAgain() {
    current.refitWhenDue(before);
    CurrentModel.Active first = current.active().orElseThrow();
    clock.now = clock.now.plus(Duration.ofHours(1));

    current.refitWhenDue(before);

    assertThat(current.active()).containsSame(first);
  }

  @Test
  void whoAsksDoesNotWait() {
    current.refitWhenDue(before);

    current.refit(after);

    assertThat(fittedTo()).isSameAs(after);
  }
}
