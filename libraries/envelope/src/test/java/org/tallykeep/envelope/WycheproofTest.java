package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The library's own primitives on the Wycheproof vectors: the valid hold, the invalid are refused.
 */
class WycheproofTest {
  private final AesGcm gcm = new AesGcm();

  @TestFactory
  Stream<DynamicTest> aesGcm() {
    return each("aes_gcm_test.json", this::aesGcm);
  }

  @TestFactory
  Stream<DynamicTest> aesKwp() {
    return each("aes_kwp_test.json", WycheproofTest::aesKwp);
  }

  @TestFactory
  Stream<DynamicTest> hkdfSha256() {
    return each("hkdf_sha256_test.json", WycheproofTest::hkdf);
  }

  @TestFactory
  Stream<DynamicTest> hmacSha256() {
    return each("hmac_sha256_test.json", WycheproofTest::hmac);
  }

  private static Stream<DynamicTest> each(String file, Consumer<Wycheproof.Vector> check) {
    return Wycheproof.vectors(file).stream()
        .map(vector -> dynamicTest(vector.name(), () -> check.accept(vector)));
  }

  /** Nonces have one length here: shorter ones are refused, of longer ones the rest is not read. */
  private void aesGcm(Wycheproof.Vector vector) {
    byte[] nonce = vector.bytes("iv");
    byte[] aad = vector.bytes("aad");
    byte[] message = vector.bytes("msg");
    byte[] expected = concat(vector.bytes("ct"), vector.bytes("tag"));
    KeyBytes key = vector.key("key", "AES");
    if (nonce.length < AesGcm.NONCE_LENGTH) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> gcm.open(key, aad, aad.length, nonce, 0, 0, 0, new byte[0]));
      return;
    }
    byte[] given = concat(nonce, expected);
    byte[] opened = new byte[message.length];

    boolean opens = gcm.open(key, aad, aad.length, given, 0, nonce.length, message.length, opened);

    boolean sameFormat = nonce.length == AesGcm.NONCE_LENGTH;
    assertThat(opens).isEqualTo(vector.isValid() && sameFormat);
    if (opens) {
      byte[] sealed = Arrays.copyOf(concat(nonce, message), given.length);
      gcm.sealInPlace(key, aad, aad.length, sealed, 0, nonce.length, message.length);
      assertThat(opened).isEqualTo(message);
      assertThat(sealed).isEqualTo(given);
    } else {
      assertThat(opened).isEqualTo(new byte[message.length]);
    }
  }

  private static void aesKwp(Wycheproof.Vector vector) {
    KeyBytes key = vector.key("key", "AES");
    if (vector.isValid()) {
      assertThat(AesKwp.wrap(key, vector.bytes("msg"))).isEqualTo(vector.bytes("ct"));
      assertThat(AesKwp.unwrap(key, vector.bytes("ct"))).hasValue(vector.bytes("msg"));
    } else {
      assertThat(AesKwp.unwrap(key, vector.bytes("ct"))).isEmpty();
    }
  }

  /** The library only expands; extracting first is one HMAC. */
  private static void hkdf(Wycheproof.Vector vector) {
    byte[] extracted =
        HmacSha256.mac(vector.key("salt", HmacSha256.ALGORITHM), vector.bytes("ikm"));
    KeyBytes key = KeyBytes.wrapping(extracted, "HKDF");
    byte[] info = vector.bytes("info");
    int size = vector.number("size");
    if (vector.isValid()) {
      assertThat(Hkdf.expand(key, info, size)).isEqualTo(vector.bytes("okm"));
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.expand(key, info, size));
    }
  }

  private static void hmac(Wycheproof.Vector vector) {
    byte[] tag = vector.bytes("tag");

    byte[] mac = HmacSha256.mac(vector.key("key", HmacSha256.ALGORITHM), vector.bytes("msg"));

    assertThat(Arrays.equals(Arrays.copyOf(mac, tag.length), tag)).isEqualTo(vector.isValid());
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
