package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarksTest {

  @Test
  void itIsAMapWhateverTheMarksAre() {
    Random random = new Random(11);
    Marks marks = new Marks();
    Map<ByteBuffer, Long> model = new HashMap<>();
    for (int i = 1; i <= 200_000; i++) {
      // Few different ones, so that they come again and their places collide.
      byte[] mark =
          ByteBuffer.allocate(16)
              .putLong(random.nextInt(1 << 10))
              .putLong(random.nextInt(1 << 6))
              .array();
      marks.put(mark, i);
      model.putIfAbsent(ByteBuffer.wrap(mark), (long) i);
    }
    assertThat(marks.size()).isEqualTo(model.size());
    model.forEach((mark, value) -> assertThat(marks.get(mark.array())).isEqualTo(value));
    assertThat(marks.get(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})).isZero();
  }
}
