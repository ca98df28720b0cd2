package org.tallykeep.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
  private static final byte[] VALUE = "h-17".getBytes(UTF_8);

  private final BlindIndexKey index = BlindIndexKey.takeOwnershipOf(Keys.REF, Keys.counting(0));
  private final MacKey manifest = MacKey.takeOwnershipOf(Keys.REF, Keys.counting(0), "manifest");

  @Test
  void equalValuesOfOneFieldHaveEqualTags() {
    assertThat(index.tag("customer", "external_id", VALUE, 0))
        .hasSize(BlindIndexKey.TAG_LENGTH)
        .isEqualTo(index.tag("customer", "external_id", VALUE.clone(), 0));
  }

  @Test
  void tablesFieldsOccurrencesAndValuesGiveUnrelatedTags() {
    Set<String> tags = new HashSet<>();
    for (int occurrence = 0; occurrence < 8; occurrence++) {
      tags.add(Keys.hex(index.tag("customer", "external_id", VALUE, occurrence)));
    }
    tags.add(Keys.hex(index.tag("purchaser", "external_id", VALUE, 0)));
    tags.add(Keys.hex(index.tag("customer", "event_id", VALUE, 0)));
    tags.add(Keys.hex(index.tag("customere", "xternal_id", VALUE, 0)));
    tags.add(Keys.hex(index.tag("customer", "external_id", "h-18".getBytes(UTF_8), 0)));
    tags.add(Keys.hex(index.tag("customer", "external_id", new byte[0], 0)));

    assertThat(tags).hasSize(13);
  }

  @Test
  void partsAreNotRunTogether() {
    byte[] ab = "ab".getBytes(UTF_8);
    byte[] a = "a".getBytes(UTF_8);
    byte[] b = "b".getBytes(UTF_8);

    assertThat(manifest.mac(ab)).hasSize(MacKey.MAC_LENGTH).isEqualTo(manifest.mac(ab));
    assertThat(manifest.mac(ab)).isNotEqualTo(manifest.mac(a, b));
    assertThat(manifest.mac(ab)).isNotEqualTo(manifest.mac(ab, new byte[0]));
    assertThat(manifest.mac(ab))
        .isNotEqualTo(MacKey.takeOwnershipOf(Keys.REF, Keys.counting(0), "revocation").mac(ab));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "external id", "größe", "a\u0000", "line\n", "\ud83d\ude00"})
  void namesAreVisibleAscii(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> index.tag(name, "field", VALUE, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> index.tag("table", name, VALUE, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssociatedData.of(name, Keys.RECORD_ID, "field", 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssociatedData.of("kind", Keys.RECORD_ID, name, 0));
  }

  @Test
  void namesHaveAtMost255CharactersAndTheLongestFit() {
    String longest = "x".repeat(255);
    AssociatedData ad = AssociatedData.of(longest, Keys.RECORD_ID, longest, Long.MAX_VALUE);

    assertThat(ad.encode(new byte[AssociatedData.MAX_ENCODED], 0))
        .isEqualTo(AssociatedData.MAX_ENCODED);
    assertThat(index.tag(longest, longest, VALUE, 0)).isNotEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssociatedData.of(longest + "x", Keys.RECORD_ID, "field", 0));
  }

  @Test
  void negativeNumbersAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> index.tag("t", "f", VALUE, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssociatedData.of("kind", Keys.RECORD_ID, "field", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyRef(Keys.RECORD_ID, 0));
  }

  @Test
  void closedKeysAreNotUsed() {
    index.close();
    manifest.close();

    assertThatThrownBy(() -> index.tag("t", "f", VALUE, 0)).isInstanceOf(KeyClosedException.class);
    assertThatThrownBy(() -> manifest.mac(VALUE)).isInstanceOf(KeyClosedException.class);
  }
}
