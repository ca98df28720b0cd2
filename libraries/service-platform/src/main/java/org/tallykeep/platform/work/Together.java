package org.tallykeep.platform.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Work that costs little more for many than for one: requests that come while others are at work
 * are taken together, by the thread of one of them. Nobody waits for company, and one who comes
 * alone is taken alone. Thread-safe.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
public final class Together<Q, A> {

  private final Function<List<Q>, List<A>> work;
  private final int most;
  private final Semaphore lanes;
  private final ConcurrentLinkedQueue<Waiting<Q, A>> queue = new ConcurrentLinkedQueue<>();

  private static final class Waiting<Q, A> {
    private final Q question;
    private final CompletableFuture<A> answer = new CompletableFuture<>();

    Waiting(Q question) {
      this.question = question;
    }
  }

  /**
   * Work that is done for some at once.
   *
   * @param work answers in the order asked; what it throws, all of them get
   * @param most how many are taken together
   * @param lanes how many threads work at the same time
   */
  public Together(Function<List<Q>, List<A>> work, int most, int lanes) {
    this.work = work;
    this.most = most;
    this.lanes = new Semaphore(lanes, true);
  }

  /** The answer, once those before are answered. */
  public A ask(Q question) {
    Waiting<Q, A> mine = new Waiting<>(question);
    queue.add(mine);
    lanes.acquireUninterruptibly();
    try {
      while (queue.contains(mine)) {
        answerNext();
      }
    } finally {
      lanes.release();
    }
    return joined(mine.answer);
  }

  /** How many nobody has taken yet. */
  int waiting() {
    return queue.size();
  }

  private void answerNext() {
    List<Waiting<Q, A>> taken = new ArrayList<>();
    while (taken.size() < most) {
      Waiting<Q, A> next = queue.poll();
      if (next == null) {
        break;
      }
      taken.add(next);
    }
    try {
      List<A> answers = work.apply(taken.stream().map(each -> each.question).toList());
      for (int i = 0; i < taken.size(); i++) {
        taken.get(i).answer.complete(answers.get(i));
      }
    } catch (RuntimeException | Error failure) {
      taken.forEach(each -> each.answer.completeExceptionally(failure));
    }
  }

  /** Taken by another thread, it may still be under way. */
  private static <A> A joined(CompletableFuture<A> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }
}
