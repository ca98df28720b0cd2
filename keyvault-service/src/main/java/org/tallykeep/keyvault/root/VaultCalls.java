package org.tallykeep.keyvault.root;

import io.quarkus.vault.client.VaultClientException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Calls to Vault that end within a time, and whose failures are told by what Vault answered. While
 * Vault hangs, few threads wait for it: the others are needed for what it is not asked for.
 */
final class VaultCalls {

  private static final Logger LOG = Logger.getLogger(VaultCalls.class);

  /** A quarter of the threads that requests have. */
  private static final int AT_ONCE = 50;

  /** While Vault is away every call would otherwise wait for its time-out. */
  private static final Duration PAUSE_AFTER_HANGING = Duration.ofSeconds(1);

  private final Duration timeout;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private volatile long hungAt = System.nanoTime() - PAUSE_AFTER_HANGING.toNanos();

  VaultCalls(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * The answer.
   *
   * @param refused what an answer with a status of failure means to the caller; {@link
   *     RootUnavailable} where it says nothing. Vault that is away, hung or breaks off is always
   *     {@link RootUnavailable}, and so is one that did a moment ago or has too many calls waiting
   */
  <T> T answer(Supplier<CompletionStage<T>> call, IntFunction<RuntimeException> refused) {
    return answer(call, (status, body) -> refused.apply(status));
  }

  /** An answer with a status of failure. */
  @FunctionalInterface
  interface Refusal {

    /**
     * What it means to the caller.
     *
     * @param body as answered; empty where it is not known
     */
    RuntimeException of(int status, String body);
  }

  /** The answer; what a refusal means is told by its body, too. */
  <T> T answer(Supplier<CompletionStage<T>> call, Refusal refused) {
    if (System.nanoTime() - hungAt < PAUSE_AFTER_HANGING.toNanos() || !places.tryAcquire()) {
      throw new RootUnavailable(null);
    }
    try {
      return call.get().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause(), refused);
    } catch (TimeoutException e) {
      throw away(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RootUnavailable(e);
    } catch (Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      throw failure(e, refused);
    } finally {
      places.release();
    }
  }

  private RuntimeException failure(Throwable cause, Refusal refused) {
    if (cause instanceof VaultClientException answered) {
      Integer status = answered.getStatus();
      return refused.of(
          status == null ? 0 : status, Objects.requireNonNullElse(answered.getBody(), ""));
    }
    return away(cause);
  }

  private RootUnavailable away(Throwable cause) {
    LOG.warnf("Vault is away: %s", cause.getClass().getName());
    hungAt = System.nanoTime();
    return new RootUnavailable(cause);
  }

  /**
   * What may pass: sealed (503), a policy being changed (403). The answer's own text stays out of
   * the log: Vault quotes parts of requests in it.
   */
  static RuntimeException unavailable(int status) {
    LOG.warnf("Vault answered %d", status);
    return new RootUnavailable(null);
  }
}
