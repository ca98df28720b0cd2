package org.tallykeep.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TogetherTest {

  private final List<List<Integer>> taken = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whoComesAloneIsTakenAlone() {
    Together<Integer, Integer> doubled = new Together<>(each -> 0, this::doubled, 8, 1);

    assertThat(doubled.ask(1)).isEqualTo(2);
    assertThat(doubled.ask(2)).isEqualTo(4);
    assertThat(taken).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void whoComesWhileOthersAreAtWorkIsTakenWithAllWhoDo() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Together<Integer, Integer> doubled =
        new Together<>(
            each -> 0,
            all -> {
              if (all.contains(0)) {
                begun.countDown();
                await(goOn);
              }
              return doubled(all);
            },
            3,
            1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(() -> doubled.ask(0));
      await(begun);
      List<Future<Integer>> others = new ArrayList<>();
      for (int i = 1; i <= 7; i++) {
        int question = i;
        others.add(threads.submit(() -> doubled.ask(question)));
      }
      while (doubled.waiting() < 7) {
        Thread.onSpinWait();
      }
      goOn.countDown();

      assertThat(first.get()).isZero();
      for (int i = 0; i < others.size(); i++) {
        assertThat(others.get(i).get()).isEqualTo(2 * (i + 1));
      }
    }
    assertThat(taken).extracting(List::size).containsExactly(1, 3, 3, 1);
  }

  @Test
  void onlyThoseThatAreAlikeAreTakenTogether() throws Exception {
    Together<Integer, Integer> doubled = new Together<>(each -> each % 3, this::doubled, 16, 2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        int question = i;
        answers.add(threads.submit(() -> doubled.ask(question)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(2 * i);
      }
    }
    assertThat(taken)
        .allSatisfy(all -> assertThat(all.stream().map(each -> each % 3).distinct()).hasSize(1));
    assertThat(taken.stream().flatMap(List::stream)).hasSize(3_000).doesNotHaveDuplicates();
  }

  @Test
  void aFailureIsThatOfThoseWhoWereTakenTogetherAndOfNobodyElse() {
    Together<Integer, Integer> fragile =
        new Together<>(
            each -> 0,
            all -> {
              if (all.contains(13)) {
                throw new IllegalStateException("not that one");
              }
              return doubled(all);
            },
            8,
            2);

    assertThatThrownBy(() -> fragile.ask(13)).hasMessage("not that one");
    assertThat(fragile.ask(1)).isEqualTo(2);
  }

  @Test
  void manyAtATimeAllGetTheirOwnAnswer() throws Exception {
    Together<Integer, Integer> doubled = new Together<>(each -> 0, this::doubled, 16, 2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        int question = i;
        answers.add(threads.submit(() -> doubled.ask(question)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(2 * i);
      }
    }
    assertThat(taken.stream().flatMap(List::stream)).hasSize(5_000).doesNotHaveDuplicates();
  }

  private List<Integer> doubled(List<Integer> all) {
    taken.add(List.copyOf(all));
    return all.stream().map(each -> 2 * each).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
