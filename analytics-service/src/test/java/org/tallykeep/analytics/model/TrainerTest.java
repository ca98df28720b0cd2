package org.tallykeep.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.analytics.histories.Histories;
import org.tallykeep.analytics.histories.HistoryStores;

class TrainerTest {

  private static final LocalDate DAY_400 = LocalDate.ofEpochDay(400);

  private static Map<UUID, int[]> customers(int count, int purchaseDays) {
    Random random = new Random(17);
    Map<UUID, int[]> days = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int repeats = purchaseDays == 0 ? 1 : 1 + random.nextInt(purchaseDays);
      days.put(UUID.randomUUID(), random.ints(repeats, 1, 500).toArray());
    }
    return days;
  }

  private static Training train(Map<UUID, int[]> days) {
    Histories histories = HistoryStores.loaded(days).required();
    return TestModels.trainer().train(histories, DAY_400);
  }

  private static Training.Trained trained(Map<UUID, int[]> days) {
    return switch (train(days)) {
      case Training.Trained trained -> trained;
      case Training.TooLittle tooLittle -> throw new AssertionError(tooLittle.reason());
    };
  }

  @Test
  void whatHappenedAfterTheDayIsNotLookedAt() {
    Map<UUID, int[]> days = customers(200, 8);
    Map<UUID, int[]> cut = new HashMap<>();
    days.forEach((id, all) -> cut.put(id, Arrays.stream(all).filter(d -> d <= 400).toArray()));

    assertThat(trained(cut).fit()).isEqualTo(trained(days).fit());
    assertThat(trained(cut).modelVersion()).isEqualTo(trained(days).modelVersion());
  }

  @Test
  void otherDataAreAnotherVersion() {
    Map<UUID, int[]> more = customers(200, 8);
    String before = trained(more).modelVersion();
    more.put(UUID.randomUUID(), new int[] {3, 300});

    assertThat(trained(more).modelVersion()).isNotEqualTo(before).startsWith("bg-nbd-1971-02-05-");
  }

  @Test
  void tooFewCustomersAreSaidToBe() {
    assertThat(train(customers(29, 8)))
        .isInstanceOfSatisfying(
            Training.TooLittle.class,
            tooLittle -> assertThat(tooLittle.reason()).contains("Fewer than 30 customers"));
  }

  @Test
  void tooFewWhoCameBackAreSaidToBe() {
    assertThat(train(customers(100, 0)))
        .isInstanceOfSatisfying(
            Training.TooLittle.class,
            tooLittle ->
                assertThat(tooLittle.reason())
                    .contains("Fewer than 10")
                    .contains("on a second day"));
  }

  @Test
  void whoRefusedStaysInTheFitAndWhoBoughtNothingIsNotInIt() {
    Map<UUID, int[]> days = customers(200, 8);
    Map<UUID, int[]> more = new HashMap<>(days);
    for (int i = 0; i < 50; i++) {
      more.put(UUID.randomUUID(), new int[0]);
    }

    Histories refusing = HistoryStores.loaded(more, new HashSet<>(more.keySet())).required();
    Training training = TestModels.trainer().train(refusing, DAY_400);

    Training.Trained before = trained(days);
    assertThat(training.customers().customers()).isEqualTo(before.customers().customers());
    assertThat(training)
        .isInstanceOfSatisfying(
            Training.Trained.class,
            trained -> {
              assertThat(trained.fit()).isEqualTo(before.fit());
              assertThat(trained.modelVersion()).isEqualTo(before.modelVersion());
            });
  }
}
