package org.tallykeep.analytics.prediction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.analytics.histories.HistoryStore;
import org.tallykeep.analytics.histories.HistoryStores;
import org.tallykeep.analytics.model.CurrentModel;
import org.tallykeep.analytics.model.Horizon;
import org.tallykeep.analytics.model.TestModels;

class PredictionsTest {

  private static final Horizon MONTH = new Horizon(30);

  private static Map<UUID, int[]> customers(int count) {
    Random random = new Random(4);
    Map<UUID, int[]> days = new HashMap<>();
    for (int i = 0; i < count; i++) {
      days.put(UUID.randomUUID(), random.ints(1 + random.nextInt(6), 1, 365).toArray());
    }
    return days;
  }

  private static Predictions on(Map<UUID, int[]> days) {
    HistoryStore store = HistoryStores.loaded(days);
    CurrentModel model = TestModels.current();
    model.refit(store.required());
    return new Predictions(store, model);
  }

  @Test
  void theBestAreTheFirstOfAllInOrder() {
    Map<UUID, int[]> days = customers(400);
    Predictions predictions = on(days);
    List<UUID> everybody =
        predictions.of(List.copyOf(days.keySet()), MONTH).stream()
            .sorted(
                Comparator.comparingDouble((Prediction p) -> requireNonNull(p.expected()))
                    .reversed()
                    .thenComparing(Prediction::purchaser))
            .map(Prediction::purchaser)
            .toList();

    assertThat(predictions.top(25, MONTH))
        .extracting(Prediction::purchaser)
        .containsExactlyElementsOf(everybody.subList(0, 25));
    assertThat(predictions.top(10_000, MONTH)).hasSize(400);
  }

  @Test
  void tiesAreDecidedByThePseudonym() {
    Map<UUID, int[]> days = customers(100);
    // More than any of the others.
    int[] everyThirdDay = IntStream.rangeClosed(1, 121).map(i -> 3 * i).toArray();
    for (int i = 0; i < 50; i++) {
      days.put(new UUID(0, i), everyThirdDay);
    }

    assertThat(on(days).top(3, MONTH))
        .extracting(Prediction::purchaser)
        .containsExactly(new UUID(0, 0), new UUID(0, 1), new UUID(0, 2));
  }

  @Test
  void figuresCountFromTheEndOfTheData() {
    Map<UUID, int[]> days = customers(200);
    UUID id = days.keySet().iterator().next();
    int last =
        days.values().stream().mapToInt(d -> Arrays.stream(d).max().orElse(0)).max().orElseThrow();

    Prediction prediction = on(days).of(List.of(id), MONTH).getFirst();

    assertThat(prediction.asOf()).isEqualTo(LocalDate.ofEpochDay(last));
    assertThat(prediction.eligible()).isTrue();
    assertThat(prediction.toString()).doesNotContain(id.toString());
  }

  @Test
  void withTooLittleDataNobodyIsEligibleAndTheReasonIsGiven() {
    Map<UUID, int[]> days = customers(5);
    UUID id = days.keySet().iterator().next();

    Prediction prediction = on(days).of(List.of(id), MONTH).getFirst();

    assertThat(prediction.eligible()).isFalse();
    assertThat(prediction.reason()).contains("Fewer than 30 customers");
    assertThat(prediction.expected()).isNull();
    assertThat(on(days).top(10, MONTH)).isEmpty();
  }

  @Test
  void aPurchaserWithoutPurchaseDaysIsNotGuessedAt() {
    Map<UUID, int[]> days = customers(100);
    UUID none = UUID.randomUUID();
    days.put(none, new int[0]);

    Predictions predictions = on(days);

    assertThat(predictions.of(List.of(none, UUID.randomUUID()), MONTH))
        .allMatch(p -> !p.eligible() && requireNonNull(p.reason()).contains("No purchase day"));
    assertThat(predictions.top(200, MONTH)).hasSize(100);
  }

  @Test
  void whoRefusedIsInNoListAndNotEligibleAndEverybodyElsesFiguresStayTheSame() {
    Map<UUID, int[]> days = customers(200);
    UUID refused = on(days).top(1, MONTH).getFirst().purchaser();
    HistoryStore store = HistoryStores.loaded(days, Set.of(refused));
    CurrentModel model = TestModels.current();
    model.refit(store.required());
    Predictions predictions = new Predictions(store, model);

    Prediction theirs = predictions.of(List.of(refused), MONTH).getFirst();

    assertThat(theirs.eligible()).isFalse();
    assertThat(theirs.reason()).contains("refused");
    assertThat(theirs.expected()).isNull();
    assertThat(theirs.pAlive()).isNull();
    assertThat(predictions.top(10_000, MONTH))
        .as("still in the fit, so that nobody else's figures tell")
        .isEqualTo(on(days).top(10_000, MONTH).stream().skip(1).toList());
  }

  @Test
  void whoRefusedIsToldSoWithoutAModelToo() {
    Map<UUID, int[]> days = customers(5);
    UUID refused = days.keySet().iterator().next();
    HistoryStore store = HistoryStores.loaded(days, Set.of(refused));
    CurrentModel model = TestModels.current();
    model.refit(store.required());

    assertThat(new Predictions(store, model).of(List.of(refused), MONTH).getFirst().reason())
        .contains("refused");
  }
}
