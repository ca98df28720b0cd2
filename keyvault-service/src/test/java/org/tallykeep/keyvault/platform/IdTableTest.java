package org.tallykeep.keyvault.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdTableTest {

  @Test
  void itIsAMapWhateverTheIdsAre() {
    Random random = new Random(11);
    IdTable table = new IdTable();
    Map<UUID, Long> model = new HashMap<>();
    for (long i = 1; i <= 200_000; i++) {
      // Few different ones, so that they come again and their places collide.
      UUID id = new UUID(random.nextInt(1 << 10), random.nextInt(1 << 6));
      Long before = model.put(id, i);
      assertThat(table.put(id, i)).isEqualTo(before == null ? 0 : before);
    }
    assertThat(table.size()).isEqualTo(model.size());
    model.forEach((id, value) -> assertThat(table.get(id)).isEqualTo(value));
    assertThat(table.get(UUID.randomUUID())).isZero();
  }

  @Test
  void theIdOfZerosIsAnIdToo() {
    IdTable table = new IdTable();
    UUID zeros = new UUID(0, 0);
    assertThat(table.get(zeros)).isZero();
    table.put(zeros, 7);
    assertThat(table.get(zeros)).isEqualTo(7);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void nothingIsNoNumber() {
    assertThatThrownBy(() -> new IdTable().put(UUID.randomUUID(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
