package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappingAndDerivationTest {
  private static final KeyRef BRANCH = new KeyRef(new UUID(3, 4), 1);

  private final WrappingKey branch = WrappingKey.takeOwnershipOf(BRANCH, Keys.counting(0));

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 32, 33, 40, 1024})
  void whatWasWrappedUnwraps(int length) {
    byte[] plaintext = new byte[length];
    Arrays.fill(plaintext, (byte) 7);

    byte[] wrapped = branch.wrap(Keys.REF, "subject", plaintext);

    assertThat(wrapped).hasSize((length + 7) / 8 * 8 + 8);
    assertThat(branch.unwrap(Keys.REF, "subject", wrapped)).isEqualTo(plaintext);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1025})
  void onlyKeysAndALittleMoreCanBeWrapped(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> branch.wrap(Keys.REF, "subject", new byte[length]));
  }

  @Test
  void aWrappedKeyOpensOnlyAsItself() {
    byte[] wrapped = branch.wrap(Keys.REF, "subject", Keys.counting(5));
    KeyRef otherId = new KeyRef(new UUID(9, 9), Keys.REF.version());
    KeyRef otherVersion = new KeyRef(Keys.REF.id(), 8);
    KeyRef otherBranch = new KeyRef(BRANCH.id(), 2);

    assertNotUnwrapped(branch, otherId, "subject", wrapped);
    assertNotUnwrapped(branch, otherVersion, "subject", wrapped);
    assertNotUnwrapped(branch, Keys.REF, "pseudonym", wrapped);
    assertNotUnwrapped(
        WrappingKey.takeOwnershipOf(otherBranch, Keys.counting(0)), Keys.REF, "subject", wrapped);
    assertNotUnwrapped(
        WrappingKey.takeOwnershipOf(BRANCH, Keys.counting(1)), Keys.REF, "subject", wrapped);
  }

  @Test
  void everyFlippedBitAndEveryOtherLengthOfAWrappedKeyIsRefused() {
    byte[] wrapped = branch.wrap(Keys.REF, "subject", Keys.counting(5));

    for (int bit = 0; bit < 8 * wrapped.length; bit++) {
      byte[] flipped = wrapped.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertNotUnwrapped(branch, Keys.REF, "subject", flipped);
    }
    for (int length = 0; length <= 2 * wrapped.length; length++) {
      if (length != wrapped.length) {
        assertNotUnwrapped(branch, Keys.REF, "subject", Arrays.copyOf(wrapped, length));
      }
    }
  }

  @Test
  void eachPurposeKeyAndVersionDerivesAnotherKey() {
    DerivationKey subject = DerivationKey.takeOwnershipOf(Keys.REF, Keys.counting(0));
    KeyRef next = new KeyRef(Keys.REF.id(), 8);
    byte[] contact = subject.derive("contact");

    assertThat(contact).hasSize(32).isEqualTo(subject.derive("contact"));
    assertThat(contact).isNotEqualTo(subject.derive("identity"));
    assertThat(contact)
        .isNotEqualTo(DerivationKey.takeOwnershipOf(next, Keys.counting(0)).derive("contact"));
    assertThat(contact)
        .isNotEqualTo(DerivationKey.takeOwnershipOf(Keys.REF, Keys.counting(1)).derive("contact"));
  }

  @Test
  void closedKeysAreNotUsed() {
    DerivationKey subject = DerivationKey.takeOwnershipOf(Keys.REF, Keys.counting(0));
    byte[] wrapped = branch.wrap(Keys.REF, "subject", new byte[32]);
    subject.close();
    branch.close();

    assertThatThrownBy(() -> subject.derive("link")).isInstanceOf(KeyClosedException.class);
    assertThatThrownBy(() -> branch.wrap(Keys.REF, "subject", new byte[32]))
        .isInstanceOf(KeyClosedException.class);
    assertThatThrownBy(() -> branch.unwrap(Keys.REF, "subject", wrapped))
        .isInstanceOf(KeyClosedException.class);
  }

  private static void assertNotUnwrapped(WrappingKey key, KeyRef ref, String kind, byte[] wrapped) {
    assertThatThrownBy(() -> key.unwrap(ref, kind, wrapped))
        .isInstanceOf(KeyNotUnwrappedException.class)
        .hasMessage("the wrapped key does not open")
        .hasNoCause();
  }
}
