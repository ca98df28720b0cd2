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
 * alone is taken alone. Only those that are alike are taken together. Thread-safe.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
public final class Together<Q, A> {

  private final Function<Q, ?> likeness;
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
   * @param likeness what those have in common that may be taken together
   * @param work answers in the order asked; what it throws, all of them get
   * @param most how many are taken together
   * @param lanes how many threads work at the same time
   */
  public Together(Function<Q, ?> likeness, Function<List<Q>, List<A>> work, int most, int lanes) {
    this.likeness = likeness;
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
    List<Waiting<Q, A>> taken = take();
    if (taken.isEmpty()) {
      return;
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

  /** The first and those that are like it, which no other thread has taken. */
  private List<Waiting<Q, A>> take() {
    List<Waiting<Q, A>> taken = new ArrayList<>();
    Waiting<Q, A> first = queue.poll();
    if (first != null) {
      taken.add(first);
      Object like = likeness.apply(first.question);
      for (Waiting<Q, A> next : queue) {
        if (taken.size() == most) {
          break;
        }
        if (likeness.apply(next.question).equals(like) && queue.remove(next)) {
          taken.add(next);
        }
      }
    }
    return taken;
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
