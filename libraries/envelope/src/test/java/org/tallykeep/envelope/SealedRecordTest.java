package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealedRecordTest {

  private static final int LONGEST = SealedRecord.lengthFor(SealedRecord.MAX_VALUE_LENGTH);

  @Test
  void aValueHasNoneToMaxValueLengthBytes() {
    assertThat(SealedRecord.lengthFor(0)).isPositive();
    assertThat(LONGEST).isGreaterThan(SealedRecord.MAX_VALUE_LENGTH);
    assertThatIllegalArgumentException().isThrownBy(() -> SealedRecord.lengthFor(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealedRecord.lengthFor(SealedRecord.MAX_VALUE_LENGTH + 1));
  }

  @Test
  void theFirstVersionOfAKeyIsOne() {
    int shortest = SealedRecord.lengthFor(0);
    assertThat(SealedRecord.keyOf(record(shortest, 1))).isEqualTo(new KeyRef(new UUID(0, 0), 1));
    assertThatThrownBy(() -> SealedRecord.keyOf(record(shortest, 0)))
        .isInstanceOf(RecordNotOpenedException.class);
  }

  @Test
  void theLongestRecordIsTheOneOfTheLongestValue() {
    assertThat(SealedRecord.keyOf(record(LONGEST, 2)).version()).isEqualTo(2);
    int next = Padding.paddedLength(SealedRecord.MAX_VALUE_LENGTH + 1);
    assertThatThrownBy(
            () ->
                SealedRecord.keyOf(
                    record(SealedRecord.HEADER_LENGTH + next + AesGcm.TAG_LENGTH, 2)))
        .isInstanceOf(RecordNotOpenedException.class);
  }

  private static byte[] record(int length, int version) {
    byte[] record = new byte[length];
    record[0] = SealedRecord.FORMAT;
    record[1] = SealedRecord.SUITE;
    Bytes.putInt(record, 18, version);
    return record;
  }
}
