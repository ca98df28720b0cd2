package org.tallykeep.platform.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TokenCacheTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private int asked;
  private final TokenCache<String> cache = new TokenCache<>(new Hands(), 2);

  private final class Hands extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItExpires() {
    get("a");
    now = START.plusSeconds(60).minus(TokenCache.MARGIN).minusMillis(1);
    get("a");
    assertThat(asked).isEqualTo(1);

    now = now.plusMillis(1);
    get("a");
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void aFailureIsNotKept() {
    Supplier<Uni<Token>> failing =
        () -> Uni.createFrom().failure(new IllegalStateException("away"));
    assertThatThrownBy(() -> cache.get("a", failing).await().atMost(Duration.ofSeconds(5)))
        .hasMessage("away");
    assertThat(get("a").value()).isEqualTo("token-1");
  }

  @Test
  void theOldestGoesWhenTheCacheIsFull() {
    get("a");
    get("b");
    get("c");
    get("b");
    assertThat(asked).isEqualTo(3);
    get("a");
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void aTokenNeverShowsItself() {
    assertThat(get("a").toString()).doesNotContain("token-1");
  }

  private Token get(String key) {
    return cache
        .get(
            key,
            () -> Uni.createFrom().item(() -> new Token("token-" + ++asked, now.plusSeconds(60))))
        .await()
        .atMost(Duration.ofSeconds(5));
  }
}
