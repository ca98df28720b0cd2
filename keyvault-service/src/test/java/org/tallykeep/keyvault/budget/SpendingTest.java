package org.tallykeep.keyvault.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpendingTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Limits TIGHT = new Limits(100, 1_000, 5_000);

  private final Spending spending = Spending.none();

  @Test
  void whatFitsIsSpentAndCountedInEveryWindow() {
    assertThat(spending.spend(NOON, 60, TIGHT)).isEmpty();
    assertThat(spending.spend(NOON.plusSeconds(1), 40, TIGHT)).isEmpty();
    for (Window window : Window.values()) {
      assertThat(spending.spent(window, NOON.plusSeconds(1))).isEqualTo(100);
    }
  }

  @Test
  void whatDoesNotFitIsNotSpentAtAll() {
    spending.spend(NOON, 60, TIGHT);
    assertThat(spending.spend(NOON, 41, TIGHT)).isPresent();
    assertThat(spending.spent(Window.MINUTE, NOON)).isEqualTo(60);
    assertThat(spending.spent(Window.DAY, NOON)).isEqualTo(60);
    assertThat(spending.spend(NOON, 40, TIGHT)).isEmpty();
  }

  @Test
  void aMinuteLaterTheMinuteIsFreeAgainAndTheOldestSecondCountsWhole() {
    spending.spend(NOON, 100, TIGHT);
    assertThat(spending.spend(NOON.plusMillis(60_999), 1, TIGHT)).isPresent();
    assertThat(spending.spend(NOON.plusSeconds(61), 100, TIGHT)).isEmpty();
  }

  @Test
  void theAnswerSaysWhenItFits() {
    spending.spend(NOON, 70, TIGHT);
    spending.spend(NOON.plusSeconds(10), 30, TIGHT);
    Instant asked = NOON.plusSeconds(20);

    Spending.Excess some = spending.spend(asked, 50, TIGHT).orElseThrow();
    assertThat(some).isEqualTo(new Spending.Excess(Window.MINUTE, Duration.ofSeconds(41), true));
    assertThat(spending.spend(asked.plus(some.retryAfter()).minusMillis(1), 50, TIGHT)).isPresent();

    Spending.Excess all = spending.spend(asked, 100, TIGHT).orElseThrow();
    assertThat(all).isEqualTo(new Spending.Excess(Window.MINUTE, Duration.ofSeconds(51), true));
    assertThat(spending.spend(asked.plus(all.retryAfter()), 100, TIGHT)).isEmpty();
  }

  @Test
  void theLongestWaitIsTheOneThatCounts() {
    Limits hourly = new Limits(100, 100, 5_000);
    spending.spend(NOON, 100, hourly);
    Spending.Excess excess = spending.spend(NOON.plusSeconds(30), 1, hourly).orElseThrow();
    assertThat(excess.window()).isEqualTo(Window.HOUR);
    assertThat(excess.retryAfter()).isEqualTo(Duration.ofMinutes(61).minusSeconds(30));
  }

  @Test
  void whatNeverFitsIsSaidSo() {
    Spending.Excess excess = spending.spend(NOON, 101, TIGHT).orElseThrow();
    assertThat(excess.ever()).isFalse();
    assertThat(excess.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(spending.spend(NOON, 100, TIGHT)).isEmpty();
  }

  @Test
  void aBudgetOfNothingGivesNothing() {
    assertThat(spending.spend(NOON, 1, Limits.NONE)).isPresent();
    assertThat(spending.spend(NOON, 0, Limits.NONE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Window.class)
  void whatIsOlderThanAWindowIsForgottenByItAlone(Window window) {
    Limits wide = new Limits(1_000, 1_000, 1_000);
    spending.spend(NOON, 10, wide);
    Instant later = NOON.plus(window.length()).plus(window.bucket());
    assertThat(spending.spent(window, later.minusMillis(1))).isEqualTo(10);
    assertThat(spending.spent(window, later)).isZero();
  }

  @Test
  void aClockThatGoesBackFreesNothing() {
    spending.spend(NOON, 100, TIGHT);
    assertThat(spending.spend(NOON.minusSeconds(600), 1, TIGHT)).isPresent();
    assertThat(spending.spend(NOON.plusSeconds(59), 1, TIGHT)).isPresent();
  }

  @Test
  void aLongPauseForgetsEverything() {
    spending.spend(NOON, 100, TIGHT);
    Instant muchLater = NOON.plus(Duration.ofDays(400));
    assertThat(spending.spent(Window.DAY, muchLater)).isZero();
    assertThat(spending.spend(muchLater, 100, TIGHT)).isEmpty();
  }

  @Test
  void whatIsStoredIsReadBack() {
    Random random = new Random(5);
    Instant now = NOON;
    for (int i = 0; i < 200; i++) {
      now = now.plusMillis(random.nextInt(400_000));
      spending.spend(now, random.nextInt(20), TIGHT);
    }
    Spending copy = Spending.decode(spending.encode());
    for (Window window : Window.values()) {
      assertThat(copy.spent(window, now)).isEqualTo(spending.spent(window, now));
    }
    assertThat(copy.encode()).isEqualTo(spending.encode()).hasSize(1 + 3 * 8 + (61 + 61 + 97) * 4);
  }

  @Test
  void anUnknownFormatIsRefused() {
    byte[] stored = spending.encode();
    stored[0] = 2;
    assertThatThrownBy(() -> Spending.decode(stored)).isInstanceOf(IllegalStateException.class);
  }

  /** The law the rest is for: in no window, wherever it begins, is more handed out than allowed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noWindowEverHoldsMoreThanItsLimit(long seed) {
    Random random = new Random(seed);
    record Spent(Instant at, long records) {}
    List<Spent> handedOut = new ArrayList<>();
    Instant now = NOON.plusMillis(random.nextInt(900_000));
    for (int i = 0; i < 6_000; i++) {
      now = now.plusMillis(random.nextInt(random.nextInt(20) == 0 ? 3_000_000 : 4_000));
      long records = 1 + random.nextInt(random.nextBoolean() ? 5 : 60);
      if (spending.spend(now, records, TIGHT).isEmpty()) {
        handedOut.add(new Spent(now, records));
      }
    }
    for (Window window : Window.values()) {
      long sum = 0;
      int first = 0;
      for (Spent spent : handedOut) {
        sum += spent.records();
        while (!handedOut.get(first).at().isAfter(spent.at().minus(window.length()))) {
          sum -= handedOut.get(first).records();
          first++;
        }
        assertThat(sum).isLessThanOrEqualTo(TIGHT.over(window));
      }
    }
    assertThat(handedOut).hasSizeGreaterThan(500);
  }

  /** And the other law: after the wait that was named, nobody else spending, it fits. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void afterTheWaitItFits(long seed) {
    Random random = new Random(seed);
    Instant now = NOON;
    for (int i = 0; i < 3_000; i++) {
      now = now.plusMillis(random.nextInt(30_000));
      long records = 1 + random.nextInt(60);
      Optional<Spending.Excess> excess = spending.spend(now, records, TIGHT);
      if (excess.isPresent() && random.nextInt(10) == 0) {
        now = now.plus(excess.get().retryAfter());
        assertThat(spending.spend(now, records, TIGHT)).isEmpty();
      }
    }
  }
}
