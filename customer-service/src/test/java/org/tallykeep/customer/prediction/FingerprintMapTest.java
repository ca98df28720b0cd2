package org.tallykeep.customer.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FingerprintMapTest {

  @Test
  void whatWasPutIsFoundHoweverOftenItGrew() {
    FingerprintMap map = new FingerprintMap();
    Map<UUID, UUID> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      UUID key = UUID.randomUUID();
      UUID value = UUID.randomUUID();
      expected.put(key, value);
      map.put(key, value);
    }

    assertThat(map.size()).isEqualTo(20_000);
    expected.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
    assertThat(map.get(UUID.randomUUID())).isNull();
    assertThat(map.contains(UUID.randomUUID())).isFalse();
  }

  @Test
  void theLastValueOfAKeyCounts() {
    FingerprintMap map = new FingerprintMap();
    UUID key = UUID.randomUUID();
    map.put(key, UUID.randomUUID());
    UUID last = UUID.randomUUID();

    map.put(key, last);

    assertThat(map.get(key)).isEqualTo(last);
    assertThat(map.size()).isEqualTo(1);
  }
}
