package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaddingTest {
  @ParameterizedTest
  @CsvSource({
    "0, 64",
    "1, 64",
    "63, 64",
    "64, 128",
    "127, 128",
    "200, 256",
    "447, 448",
    "448, 512",
    "511, 512",
    "512, 544",
    "543, 544",
    "544, 576",
    "1023, 1024",
    "1024, 1088",
    "1087, 1088",
    "65535, 65536",
    "65536, 67584",
    "1000000, 1015808"
  })
  void aValueIsPaddedToTheNextOfFewLengths(int length, int padded) {
    assertThat(Padding.paddedLength(length)).isEqualTo(padded);
    assertThat(Padding.isPaddedLength(padded)).isTrue();
  }

  @Test
  void everyLengthTo70000IsReadBackAndCostsAtMostAnEighthAbove512() {
    byte[] padded = new byte[80_000];
    int previous = 0;
    for (int length = 0; length <= 70_000; length++) {
      int paddedLength = Padding.paddedLength(length);
      Padding.mark(padded, length);
      assertThat(Padding.unpaddedLength(padded, paddedLength)).isEqualTo(length);
      assertThat(paddedLength).isGreaterThanOrEqualTo(previous).isGreaterThan(length);
      if (length >= 512) {
        assertThat(paddedLength).isLessThanOrEqualTo(length + 1 + length / 8);
      }
      padded[length] = 0;
      previous = paddedLength;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-64, 0, 1, 63, 65, 511, 513, 543, 545, 1056, 65537})
  void otherLengthsAreNoPadding(int length) {
    assertThat(Padding.isPaddedLength(length)).isFalse();
  }

  @Test
  void whatIsNotThePaddingOfItsValueIsRefused() {
    byte[] noMarker = new byte[64];
    byte[] wrongMarker = new byte[64];
    wrongMarker[10] = 0x40;
    byte[] tooMuch = new byte[128];
    tooMuch[10] = (byte) 0x80;

    assertThat(Padding.unpaddedLength(noMarker, 64)).isEqualTo(-1);
    assertThat(Padding.unpaddedLength(wrongMarker, 64)).isEqualTo(-1);
    assertThat(Padding.unpaddedLength(tooMuch, 128)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyBytesAreThePaddingOfAtMostOneValue(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[64 * (1 + random.nextInt(9))];
      random.nextBytes(bytes);
      int zerosFrom = random.nextInt(bytes.length);
      java.util.Arrays.fill(bytes, zerosFrom, bytes.length, (byte) 0);
      if (zerosFrom > 0 && random.nextBoolean()) {
        bytes[zerosFrom - 1] = (byte) 0x80;
      }

      int length = Padding.unpaddedLength(bytes, bytes.length);

      if (length >= 0) {
        byte[] again = java.util.Arrays.copyOf(bytes, length);
        again = java.util.Arrays.copyOf(again, Padding.paddedLength(length));
        Padding.mark(again, length);
        assertThat(again).isEqualTo(bytes);
      }
    }
  }
}
