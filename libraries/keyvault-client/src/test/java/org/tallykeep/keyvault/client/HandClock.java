package org.tallykeep.keyvault.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that goes on when a test says so. */
public final class HandClock implements InstantSource {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  public void passSeconds(long seconds) {
    pass(Duration.ofSeconds(seconds));
  }
}
