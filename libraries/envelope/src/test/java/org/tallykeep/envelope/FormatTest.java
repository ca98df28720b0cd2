package org.tallykeep.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Pins every stored byte. The expected digits come from {@code formats-example.py} beside the test
 * resources, which shares no code with the library. A failure here means that data already stored
 * would no longer open: a new format needs a new version number, not new digits.
 *
 * <p>Throughout: key {@code 00 01 .. 1f}, its id {@code 00112233-4455-6677-8899-aabbccddeeff}, its
 * version 7.
 */
class FormatTest {
  private static final KeyRef BRANCH =
      new KeyRef(UUID.fromString("10111213-1415-1617-1819-1a1b1c1d1e1f"), 3);

  @Test
  void theAssociatedDataIsPinned() {
    byte[] encoded = new byte[AssociatedData.MAX_ENCODED];

    int length = Keys.AD.encode(encoded, 0);

    assertThat(Keys.hex(Arrays.copyOf(encoded, length)))
        .isEqualTo(
            "0010" // length of the record kind
                + "70757263686173655f686973746f7279" // purchase_history
                + "0010" // length of the record id
                + "0f0e0d0c0b0a09080706050403020100"
                + "0009" // length of the field
                + "616767726567617465" // aggregate
                + "0008" // length of the revision
                + "000000000000002a"); // 42
  }

  @Test
  void theSealedRecordIsPinned() {
    NonceSource pinned =
        (into, at) -> System.arraycopy(Keys.counting(0xa0), 0, into, at, AesGcm.NONCE_LENGTH);
    SealingKey key =
        new SealingKey(
            Keys.REF,
            Keys.counting(0),
            SealingLimit.byRevision(),
            new WorkbenchPool(1, () -> pinned));

    byte[] record = key.seal(Keys.AD, "two loaves and a lantern".getBytes(UTF_8));

    assertThat(Keys.hex(record))
        .isEqualTo(
            "01" // format version
                + "01" // suite: AES-256-GCM, HKDF-SHA256
                + "00112233445566778899aabbccddeeff" // key id
                + "00000007" // key version
                + "a0a1a2a3a4a5a6a7a8a9aaab" // nonce
                + "f437dceacbbf3c1f607d94ff6f76091c" // commitment
                + "00afbdd246de2428ac292e72323cfd44"
                + "0a08ff86ed16bbd88c87937c9790de39" // ciphertext: 24 bytes, 80, 39 zeros
                + "03694ce1cc27820397a1890b40466bd9"
                + "79d586a16b59c3bdeca3e06a82bf2632"
                + "6189d21448d1e0fc8cad2cbc3c84e9ce"
                + "a8ced824ca6166c67daeadcda6679c72"); // tag
    assertThat(Keys.sealing().open(Keys.AD, record)).asString(UTF_8).startsWith("two loaves");
  }

  @Test
  void thePurposeKeyIsPinned() {
    try (DerivationKey subject = DerivationKey.takeOwnershipOf(Keys.REF, Keys.counting(0))) {
      assertThat(Keys.hex(subject.derive("contact")))
          .isEqualTo("b5611ac06d2f8e014a46574c561dd2c277d1817cb12824bc827bdd9841e4d9ae");
    }
  }

  @Test
  void theWrappedKeyIsPinned() {
    byte[] plaintext = Arrays.copyOf(Keys.counting(0x40), 33);
    plaintext[32] = 0x60;

    try (WrappingKey branch = WrappingKey.takeOwnershipOf(BRANCH, Keys.counting(0))) {
      assertThat(Keys.hex(branch.wrap(Keys.REF, "subject", plaintext)))
          .isEqualTo(
              "66f0a615b7ad37aa" // the wrapped integrity block: a65959a6, length 33
                  + "d40fac400b5e94bb9c52411d4df36f56" // 33 bytes and 7 zeros
                  + "290dc874126a501fe478acdc1a0645fd"
                  + "8faaebefd2a71321");
    }
  }

  @Test
  void theTagIsPinned() {
    try (BlindIndexKey index = BlindIndexKey.takeOwnershipOf(Keys.REF, Keys.counting(0))) {
      // HMAC-SHA256 of the occurrence in four bytes and the value: 00000002 "h-17"
      assertThat(Keys.hex(index.tag("customer", "external_id", "h-17".getBytes(UTF_8), 2)))
          .isEqualTo("30a5b713050e2c3f672e96210a0a2f7b92e90d06ddc70119cf253d6c2d0a862b");
    }
  }

  @Test
  void theMessageAuthenticationCodeIsPinned() {
    try (MacKey manifest = MacKey.takeOwnershipOf(Keys.REF, Keys.counting(0), "manifest")) {
      // HMAC-SHA256 of 00000002 "ab" 00000000 00000001 "c"
      byte[] mac = manifest.mac("ab".getBytes(UTF_8), new byte[0], "c".getBytes(UTF_8));

      assertThat(Keys.hex(mac))
          .isEqualTo("dc4c92cee37fcce21106e5598d6b59d08053e8868e77ba95054b754fc981f389");
    }
  }
}
