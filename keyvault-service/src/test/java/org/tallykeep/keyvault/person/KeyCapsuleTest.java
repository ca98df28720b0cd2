package org.tallykeep.keyvault.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyCapsuleTest {

  private static final byte[] KEY =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  /** format 01 | flags 00 | zero 000000000000 | key. */
  private static final String PINNED =
      "0100000000000000000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  @Test
  void itsBytesArePinned() {
    assertThat(HexFormat.of().formatHex(KeyCapsule.of(KEY, false))).isEqualTo(PINNED);
  }

  @Test
  void theKeyComesOutWhateverTheFlags() {
    byte[] capsule = HexFormat.of().parseHex(PINNED);
    assertThat(KeyCapsule.key(capsule)).isEqualTo(KEY);
    capsule[1] = 1;
    assertThat(KeyCapsule.key(capsule)).isEqualTo(KEY);
  }

  @Test
  void anotherFormatIsNotGuessedAt() {
    byte[] capsule = KeyCapsule.of(KEY, false);
    capsule[0] = 2;
    assertThatThrownBy(() -> KeyCapsule.key(capsule)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> KeyCapsule.key(new byte[39]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> KeyCapsule.of(new byte[31], false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDecoysCapsuleDiffersInOneBit() {
    byte[] capsule = KeyCapsule.of(KEY, true);
    assertThat(HexFormat.of().formatHex(capsule)).isEqualTo(PINNED.replaceFirst("^0100", "0101"));
    assertThat(KeyCapsule.isDecoy(capsule)).isTrue();
    assertThat(KeyCapsule.key(capsule)).isEqualTo(KEY);
    assertThat(KeyCapsule.isDecoy(KeyCapsule.of(KEY, false))).isFalse();
  }
}
