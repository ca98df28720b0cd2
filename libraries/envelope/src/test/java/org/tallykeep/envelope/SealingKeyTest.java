package org.tallykeep.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingKeyTest {
  private static final byte[] VALUE = "two loaves and a lantern".getBytes(UTF_8);

  private final SealingKey key = Keys.sealing();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 200, 511, 512, 513, 4095, 4096, 5000, 100_000})
  void whatWasSealedOpens(int length) {
    byte[] value = new byte[length];
    java.util.Arrays.fill(value, (byte) 0x80);

    byte[] record = key.seal(Keys.AD, value);

    assertThat(record).hasSize(SealedRecord.lengthFor(length));
    assertThat(key.open(Keys.AD, record)).isEqualTo(value);
  }

  @Test
  void theArgumentOfTakeOwnershipIsZeroed() {
    byte[] bytes = Keys.counting(1);

    SealingKey.takeOwnershipOf(Keys.REF, bytes).close();

    assertThat(bytes).containsOnly(0);
  }

  @Test
  void aKeyOfAnotherLengthIsRefusedAndZeroed() {
    byte[] bytes = {1, 2, 3};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealingKey.takeOwnershipOf(Keys.REF, bytes));
    assertThat(bytes).containsOnly(0);
  }

  @Test
  void theSameValueSealedTwiceGivesUnequalRecords() {
    assertThat(key.seal(Keys.AD, VALUE)).isNotEqualTo(key.seal(Keys.AD, VALUE));
  }

  @Test
  void theRecordNamesItsKey() {
    assertThat(SealedRecord.keyOf(key.seal(Keys.AD, VALUE))).isEqualTo(Keys.REF);
  }

  @Test
  void aClosedKeyNeitherSealsNorOpens() {
    byte[] record = key.seal(Keys.AD, VALUE);

    key.close();
    key.close();

    assertThat(key.canSeal()).isFalse();
    assertThatThrownBy(() -> key.seal(Keys.AD, VALUE)).isInstanceOf(KeyClosedException.class);
    assertThatThrownBy(() -> key.open(Keys.AD, record)).isInstanceOf(KeyClosedException.class);
  }

  @Test
  void aLeaseIsSpentMessageByMessage() {
    MessageLease lease = MessageLease.of(2);
    SealingKey counted = SealingKey.takeOwnershipOf(Keys.REF, Keys.counting(0), lease);

    byte[] first = counted.seal(Keys.AD, VALUE);
    assertThat(lease.remaining()).isEqualTo(1);
    assertThat(counted.canSeal()).isTrue();
    counted.seal(Keys.AD, VALUE);

    assertThat(counted.canSeal()).isFalse();
    assertThatThrownBy(() -> counted.seal(Keys.AD, VALUE))
        .isInstanceOf(LeaseExhaustedException.class);
    assertThat(counted.open(Keys.AD, first)).isEqualTo(VALUE);
  }

  @Test
  void aLeaseHoldsAtMostTwoToThe24() {
    assertThat(MessageLease.of(1 << 24).remaining()).isEqualTo(16_777_216);
    assertThatIllegalArgumentException().isThrownBy(() -> MessageLease.of((1 << 24) + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> MessageLease.of(-1));
  }

  @Test
  void aKeyForOpeningDoesNotSeal() {
    byte[] record = key.seal(Keys.AD, VALUE);
    SealingKey opening = SealingKey.takeOwnershipForOpening(Keys.REF, Keys.counting(0));

    assertThat(opening.open(Keys.AD, record)).isEqualTo(VALUE);
    assertThat(opening.canSeal()).isFalse();
    assertThatThrownBy(() -> opening.seal(Keys.AD, VALUE))
        .isInstanceOf(LeaseExhaustedException.class);
  }

  @Test
  void aSubjectsRecordEndsAtRevisionTwoToThe20() {
    byte[] last = key.seal(atRevision(1 << 20), VALUE);

    assertThat(key.open(atRevision(1 << 20), last)).isEqualTo(VALUE);
    assertThatThrownBy(() -> key.seal(atRevision((1 << 20) + 1), VALUE))
        .isInstanceOf(RevisionLimitException.class);
  }

  @Test
  void aDatasetsRecordsAreCountedByLeaseNotByRevision() {
    SealingKey counted = SealingKey.takeOwnershipOf(Keys.REF, Keys.counting(0), MessageLease.of(1));

    byte[] record = counted.seal(atRevision(Long.MAX_VALUE), VALUE);

    assertThat(counted.open(atRevision(Long.MAX_VALUE), record)).isEqualTo(VALUE);
  }

  @Test
  void nothingPrintsAKeyOrAnId() {
    UUID id = Keys.RECORD_ID;

    assertThat(key.toString()).isEqualTo("SealingKey");
    assertThat(Keys.AD.toString()).doesNotContain(id.toString());
  }

  private static AssociatedData atRevision(long revision) {
    return AssociatedData.of("purchase_history", Keys.RECORD_ID, "aggregate", revision);
  }
}
