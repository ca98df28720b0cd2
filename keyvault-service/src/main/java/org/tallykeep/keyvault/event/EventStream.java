package org.tallykeep.keyvault.event;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.UUID;

/** What this replica heard, to everybody who listens to it. */
@Singleton
final class EventStream {

  private static final Duration HEARTBEAT = Duration.ofMillis(300);
  private static final String BEAT = "beat";
  private static final String HELLO = "hello";
  private static final String NOTHING = "-";

  private final Pulse pulse;
  private final Listeners listeners;
  private final BroadcastProcessor<KeyEvent> heard = BroadcastProcessor.create();

  EventStream(Pulse pulse, Listeners listeners) {
    this.pulse = pulse;
    this.listeners = listeners;
    pulse.listen(
        new Pulse.Listener() {
          @Override
          public void begin() {}

          @Override
          public void heard(KeyEvent event) {
            heard.onNext(event);
          }
        });
  }

  /**
   * Events and heartbeats. While this replica itself is deaf it says nothing, so that its listeners
   * know.
   */
  Multi<OutboundSseEvent> from(Sse sse, Duration life) {
    Multi<OutboundSseEvent> beats =
        Multi.createFrom()
            .ticks()
            .every(HEARTBEAT)
            .onOverflow()
            .drop()
            .filter(tick -> pulse.hears())
            .map(tick -> sse.newEventBuilder().name(BEAT).data(NOTHING).build());
    Multi<OutboundSseEvent> events =
        heard
            .onOverflow()
            .buffer()
            .map(
                event ->
                    sse.newEventBuilder()
                        .id(Long.toString(event.position()))
                        .name(event.kind().label())
                        .data(event.scope())
                        .build());
    UUID listener = listeners.begin();
    Multi<OutboundSseEvent> hello =
        Multi.createFrom()
            .item(sse.newEventBuilder().name(HELLO).data(listener.toString()).build());
    return Multi.createBy()
        .merging()
        .streams(hello, beats, events)
        .select()
        .first(life)
        .onTermination()
        .invoke(() -> listeners.end(listener));
  }
}
