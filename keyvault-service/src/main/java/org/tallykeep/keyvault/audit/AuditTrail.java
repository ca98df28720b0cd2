package org.tallykeep.keyvault.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Where every request is written down. {@link #write} returns once the entry is committed; whoever
 * holds keys releases them only then.
 */
@Singleton
public final class AuditTrail {

  private final AuditConfig config;
  private final Unwitnessed unwitnessed;
  private final BlockingQueue<Waiting> queue;
  private final Thread writer;

  AuditTrail(AuditConfig config, AuditWriter writer, Unwitnessed unwitnessed) {
    this.config = config;
    this.unwitnessed = unwitnessed;
    this.queue = new LinkedBlockingQueue<>(config.queue());
    this.writer = Thread.ofPlatform().name("audit-writer").unstarted(() -> writer.run(queue));
  }

  /**
   * An entry on its way into the database. It is encoded by whoever asked: one that cannot be
   * written must not take the others of its group with it.
   */
  record Waiting(byte[] body, CompletableFuture<Void> written) {}

  void onStart(@Observes StartupEvent starting) {
    writer.start();
  }

  void onStop(@Observes ShutdownEvent stopping) {
    writer.interrupt();
  }

  /**
   * Writes an entry and waits until it is committed.
   *
   * @throws Unavailable when it could not be written, or when nothing could be witnessed for too
   *     long: then nothing may be released. It may still turn up in the trail, which then says more
   *     than was released and never less
   */
  public void write(AuditEvent event) {
    Waiting waiting = new Waiting(AuditBody.encode(event), new CompletableFuture<>());
    if (unwitnessed.isOlderThan(config.maxUnwitnessed()) || !queue.offer(waiting)) {
      throw new AuditUnavailable(null);
    }
    try {
      waiting.written().get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Unavailable known ? known : new AuditUnavailable(e.getCause());
    } catch (TimeoutException e) {
      throw new AuditUnavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditUnavailable(e);
    }
  }
}
