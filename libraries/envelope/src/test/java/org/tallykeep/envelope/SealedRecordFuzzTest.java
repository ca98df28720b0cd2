package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Fuzzes what reads bytes from outside. An ordinary test run replays the inputs kept beside the
 * resources; with {@code JAZZER_FUZZ=1} in the environment Jazzer searches for new ones, one method
 * at a time.
 */
class SealedRecordFuzzTest {
  private final SealingKey key = Keys.sealing();
  private final WrappingKey branch = WrappingKey.takeOwnershipOf(Keys.REF, Keys.counting(0));

  @FuzzTest(maxDuration = "30s")
  void aRecordOpensOrIsRefused(byte[] record) {
    try {
      byte[] value = key.open(Keys.AD, record);
      assertThat(record).hasSize(SealedRecord.lengthFor(value.length));
    } catch (RecordNotOpenedException e) {
      assertThat(e).hasNoCause();
    }
  }

  @FuzzTest(maxDuration = "30s")
  void aHeaderNamesAKeyOrIsRefused(byte[] record) {
    try {
      KeyRef ref = SealedRecord.keyOf(record);
      byte[] header = SealedRecord.header(ref, new byte[SealedRecord.COMMITMENT_LENGTH]);
      assertThat(Arrays.copyOf(record, SealedRecord.NONCE_AT))
          .isEqualTo(Arrays.copyOf(header, SealedRecord.NONCE_AT));
    } catch (RecordNotOpenedException e) {
      assertThat(e).hasNoCause();
    }
  }

  @FuzzTest(maxDuration = "30s")
  void aPaddingIsReadBackOrRefused(byte[] padded) {
    int length = Padding.unpaddedLength(padded, padded.length);
    if (length >= 0) {
      byte[] again = Arrays.copyOf(Arrays.copyOf(padded, length), Padding.paddedLength(length));
      Padding.mark(again, length);
      assertThat(again).isEqualTo(padded);
    }
  }

  @FuzzTest(maxDuration = "30s")
  void aWrappedKeyOpensOrIsRefused(byte[] wrapped) {
    try {
      assertThat(branch.unwrap(Keys.REF, "subject", wrapped)).isNotEmpty();
    } catch (KeyNotUnwrappedException e) {
      assertThat(e).hasNoCause();
    }
  }
}
