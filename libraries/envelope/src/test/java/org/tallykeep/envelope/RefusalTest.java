package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record opens unchanged, under its own key, in its own place, and never otherwise. */
class RefusalTest {
  private final SealingKey key = Keys.sealing();

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 60, 200, 700})
  void everySingleFlippedBitIsRefused(int length) {
    byte[] record = key.seal(Keys.AD, new byte[length]);

    for (int bit = 0; bit < 8 * record.length; bit++) {
      record[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefused(key, Keys.AD, record);
      record[bit / 8] ^= (byte) (1 << (bit % 8));
    }
    assertThat(key.open(Keys.AD, record)).hasSize(length);
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] record = key.seal(Keys.AD, new byte[200]);

    for (int length = 0; length < record.length; length++) {
      assertRefused(key, Keys.AD, Arrays.copyOf(record, length));
      assertRefused(
          key, Keys.AD, Arrays.copyOfRange(record, record.length - length, record.length));
    }
  }

  @Test
  void everyExtensionIsRefused() {
    byte[] record = key.seal(Keys.AD, new byte[200]);

    for (int more = 1; more <= 600; more++) {
      assertRefused(key, Keys.AD, Arrays.copyOf(record, record.length + more));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anotherPlaceIsRefused(long seed) {
    Random random = new Random(seed);
    UUID id = new UUID(random.nextLong(), random.nextLong());
    long revision = random.nextInt(1 << 20);
    byte[] value = new byte[random.nextInt(1_000)];
    byte[] record = key.seal(AssociatedData.of("customer", id, "contact", revision), value);

    UUID other = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ 1);
    assertRefused(key, AssociatedData.of("customer", other, "contact", revision), record);
    assertRefused(key, AssociatedData.of("customer", id, "identity", revision), record);
    assertRefused(key, AssociatedData.of("customer", id, "contact", revision + 1), record);
    assertRefused(key, AssociatedData.of("purchaser", id, "contact", revision), record);
    // The same characters, divided otherwise between the two names.
    assertRefused(key, AssociatedData.of("custome", id, "rcontact", revision), record);
  }

  @Test
  void anotherKeyIsRefusedWhateverItIsCalled() {
    byte[] record = key.seal(Keys.AD, new byte[200]);
    KeyRef otherId = new KeyRef(new UUID(1, 2), Keys.REF.version());
    KeyRef otherVersion = new KeyRef(Keys.REF.id(), Keys.REF.version() + 1);

    assertRefused(SealingKey.takeOwnershipOf(Keys.REF, Keys.counting(1)), Keys.AD, record);
    assertRefused(SealingKey.takeOwnershipOf(otherId, Keys.counting(0)), Keys.AD, record);
    assertRefused(SealingKey.takeOwnershipOf(otherVersion, Keys.counting(0)), Keys.AD, record);
  }

  @Test
  void aHeaderRewrittenForAnotherKeyIsRefused() {
    SealingKey other = SealingKey.takeOwnershipOf(Keys.REF, Keys.counting(9));
    byte[] record = key.seal(Keys.AD, new byte[200]);
    byte[] donor = other.seal(Keys.AD, new byte[200]);

    System.arraycopy(donor, 0, record, 0, SealedRecord.HEADER_LENGTH);

    assertRefused(other, Keys.AD, record);
    assertRefused(key, Keys.AD, record);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 60, 127})
  void anAuthenticRecordWithWrongPaddingIsRefused(int markerAt) {
    KeyBytes raw = KeyBytes.wrapping(Keys.counting(0), "HKDF");
    Info info =
        Info.of("tallykeep sealed record").number(1).number(1).name("encryption").key(Keys.REF);
    byte[] record = key.seal(Keys.AD, new byte[100]);
    Arrays.fill(record, SealedRecord.HEADER_LENGTH, record.length, (byte) 0);
    if (markerAt >= 0) {
      record[SealedRecord.HEADER_LENGTH + markerAt] = (byte) (markerAt == 127 ? 0x81 : 0x80);
    }
    new Workbench(new BufferedNonces(new java.security.SecureRandom()))
        .seal(Hkdf.expand(raw, info, "AES"), Keys.AD, record);

    assertRefused(key, Keys.AD, record);
  }

  /** The decoder under random changes, as a short run beside the fuzz tests. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aMutatedRecordIsRefused(long seed) {
    Random random = new Random(seed);
    byte[] record = key.seal(Keys.AD, new byte[random.nextInt(1_000)]);
    byte[] other = key.seal(Keys.AD, new byte[random.nextInt(1_000)]);

    for (int i = 0; i < 200; i++) {
      byte[] mutant = Mutations.of(random, record, other);
      if (!Arrays.equals(mutant, record) && !Arrays.equals(mutant, other)) {
        assertRefused(key, Keys.AD, mutant);
      }
    }
  }

  private static void assertRefused(SealingKey key, AssociatedData ad, byte[] record) {
    RecordNotOpenedException refused =
        catchThrowableOfType(RecordNotOpenedException.class, () -> key.open(ad, record));

    assertThat(refused).isNotNull().hasMessage("the record does not open").hasNoCause();
    assertThat(refused.getSuppressed()).isEmpty();
    // The same line for every reason: a stack trace in a log tells nothing either.
    assertThat(refused.getStackTrace()[0].getMethodName()).isEqualTo("open");
  }
}
