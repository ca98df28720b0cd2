package org.tallykeep.keyvault.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Listens for what other replicas did: asks the database several times a second, because a
 * connection that only listens does not notice when it is cut off.
 */
@Singleton
public final class Pulse {

  private static final Logger LOG = Logger.getLogger(Pulse.class);
  private static final Duration EVERY = Duration.ofMillis(150);

  /** Who has heard nothing for longer acts on nothing that is kept in memory. */
  private static final Duration DEAF_AFTER = Duration.ofSeconds(1);

  private final KeyEvents events;
  private final Queue<Listener> newcomers = new ConcurrentLinkedQueue<>();

  /** Used by the one thread that listens. */
  private final List<Listener> listeners = new ArrayList<>();

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("key-events").factory());
  private long position = -1;
  private volatile long heardAt = System.nanoTime() - DEAF_AFTER.toNanos();
  private boolean deaf;

  Pulse(KeyEvents events) {
    this.events = events;
  }

  /** What is done with what was heard, on the one thread that listens. */
  public interface Listener {

    /** Once, before anything is heard: whatever happened before. */
    void begin();

    /** Something happened. */
    void heard(KeyEvent event);
  }

  /** From the next pulse on. */
  public void listen(Listener listener) {
    newcomers.add(listener);
  }

  /** Whether what is in memory is as fresh as it has to be. */
  public boolean hears() {
    return System.nanoTime() - heardAt < DEAF_AFTER.toNanos();
  }

  void onStart(@Observes StartupEvent starting) {
    thread.scheduleWithFixedDelay(this::beat, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  void onStop(@Observes ShutdownEvent stopping) {
    thread.shutdownNow();
  }

  /** Once; the age of what is known counts from before the question. */
  void beat() {
    long asked = System.nanoTime();
    try {
      if (position < 0) {
        position = events.last();
      }
      welcomeNewcomers();
      for (KeyEvent event : events.after(position)) {
        listeners.forEach(listener -> listener.heard(event));
        position = event.position();
      }
      heardAt = asked;
      deaf = false;
    } catch (Unavailable e) {
      if (!deaf) {
        LOG.warn("Events of other replicas cannot be heard: the database is away");
      }
      deaf = true;
    } catch (RuntimeException e) {
      // A thread that ended would leave this replica deaf until it is restarted.
      LOG.error("An event could not be taken up", e);
    }
  }

  /** Begins before what happens next is heard, so that nothing is missed in between. */
  private void welcomeNewcomers() {
    for (Listener next = newcomers.peek(); next != null; next = newcomers.peek()) {
      next.begin();
      listeners.add(next);
      newcomers.remove();
    }
  }
}
