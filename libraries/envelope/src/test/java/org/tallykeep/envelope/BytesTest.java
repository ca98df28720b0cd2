package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {

  private static final int AT = 8;
  private static final int LENGTH = 16;

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 15, 16, 20, 23})
  void bytesThatDifferAnywhereWithinAreNotEqual(int place) {
    byte[] other = Keys.counting(0);
    other[place] ^= 1;
    assertThat(Bytes.equalInConstantTime(Keys.counting(0), other, AT, LENGTH)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 24, 31})
  void bytesThatDifferOutsideAreEqual(int place) {
    byte[] other = Keys.counting(0);
    other[place] ^= 1;
    assertThat(Bytes.equalInConstantTime(Keys.counting(0), other, AT, LENGTH)).isTrue();
  }
}
