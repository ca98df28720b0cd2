package org.tallykeep.keyvault.client;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.SseEvent;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.client.transport.KeyServiceEvents;

/**
 * Listens to the key service: what it destroyed, froze or rotated is not kept here any longer. It
 * says something several times a second; after a second of silence nothing is kept at all.
 */
@Singleton
final class EventListener implements Hearing {

  private static final Logger LOG = Logger.getLogger(EventListener.class);
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofMillis(200);
  private static final String HEARTBEAT = "beat";
  private static final String HELLO = "hello";

  private final KeyServiceEvents service;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("key-events").daemon().factory());
  private final ExecutorService events =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("key-events-heard").daemon().factory());
  private volatile long heardAt = System.nanoTime() - SILENCE.toNanos();
  private volatile @Nullable Cancellable subscription;

  /** Who this is to the key service, on the connection at hand; used where events are heard. */
  private String listener = "";

  EventListener(@RestClient KeyServiceEvents service) {
    this.service = service;
  }

  /**
   * From now on.
   *
   * @param told is given the kind of each event: hello, frozen, lifted, destroyed, rotated
   */
  void tell(Consumer<String> told) {
    listeners.add(told);
  }

  @Override
  public boolean isRecent() {
    return System.nanoTime() - heardAt < SILENCE.toNanos();
  }

  void start(@Observes StartupEvent started) {
    timer.execute(this::listen);
  }

  void stop(@Observes ShutdownEvent stopping) {
    timer.shutdownNow();
    events.shutdownNow();
    Cancellable current = subscription;
    if (current != null) {
      current.cancel();
    }
  }

  private void listen() {
    try {
      subscription =
          service
              .listen()
              // Not on the connection's own thread: what is done with an event may wait for an
              // answer that comes in on that thread.
              .emitOn(events)
              .subscribe()
              .with(this::heard, this::broken, () -> again("it ended"));
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void heard(SseEvent<String> event) {
    String kind = event.name();
    if (kind != null && !kind.equals(HEARTBEAT)) {
      // Hello, too: what happened between two connections was not heard.
      listeners.forEach(each -> each.accept(kind));
      if (kind.equals(HELLO)) {
        listener = event.data();
      } else {
        acknowledge(listener, event.id());
      }
    }
    // Last: while an event is being taken up, nothing older than a second may be used.
    heardAt = System.nanoTime();
  }

  /** Not on the connection's own thread, which has to hear what comes next. */
  private void acknowledge(String whose, @Nullable String position) {
    if (position == null || timer.isShutdown()) {
      return;
    }
    timer.execute(
        () -> {
          try {
            service.acknowledge(
                new KeyServiceEvents.Acknowledgement(whose, Long.parseLong(position)));
          } catch (RuntimeException e) {
            // Whoever waits for it goes on when what is kept here would be too old.
            LOG.warnf("An event could not be acknowledged: %s", e.getClass().getSimpleName());
          }
        });
  }

  private void broken(Throwable failure) {
    again(failure.getClass().getSimpleName());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // tried again until the service stops
  private void again(String why) {
    LOG.debugf("The key service's events are listened to again: %s", why);
    if (!timer.isShutdown()) {
      timer.schedule(this::listen, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
