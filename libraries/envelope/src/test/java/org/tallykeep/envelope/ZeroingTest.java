package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a closed handle nothing is left in memory that would open anything. */
class ZeroingTest {

  static Stream<Arguments> handlesInUse() {
    return Stream.of(
        arguments(Keys.sealing(), uses(SealingKey.class, ZeroingTest::sealAndOpen)),
        arguments(
            MacKey.takeOwnershipOf(Keys.REF, Keys.counting(0), "manifest"),
            uses(MacKey.class, key -> key.mac(new byte[1]))),
        arguments(
            WrappingKey.takeOwnershipOf(Keys.REF, Keys.counting(0)),
            uses(WrappingKey.class, ZeroingTest::wrapAndUnwrap)),
        arguments(
            DerivationKey.takeOwnershipOf(Keys.REF, Keys.counting(0)),
            uses(DerivationKey.class, key -> key.derive("contact"))),
        arguments(
            BlindIndexKey.takeOwnershipOf(Keys.REF, Keys.counting(0)),
            uses(BlindIndexKey.class, key -> key.tag("customer", "email", new byte[1], 0))));
  }

  @ParameterizedTest
  @MethodSource("handlesInUse")
  void aHandleThatWasUsedAndClosedHoldsZerosOnly(AutoCloseable handle, Consumer<Object> use)
      throws Exception {
    use.accept(handle);
    assertThat(keysIn(handle)).isNotEmpty().allSatisfy(key -> assertThat(isZero(key)).isFalse());
    handle.close();
    assertThat(keysIn(handle)).isNotEmpty().allSatisfy(key -> assertThat(isZero(key)).isTrue());
  }

  @ParameterizedTest
  @MethodSource("handlesInUse")
  void aHandleSaysItsNameAndNothingElse(AutoCloseable handle, Consumer<Object> use) {
    assertThat(handle).hasToString(handle.getClass().getSimpleName());
  }

  @Test
  void theCallersBytesAreZeroedWhateverBecomesOfThem() {
    byte[] taken = Keys.counting(1);
    byte[] refused = {1, 2, 3};
    MacKey.takeOwnershipOf(Keys.REF, taken, "manifest").close();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacKey.takeOwnershipOf(Keys.REF, refused, "manifest"));
    assertThat(taken).containsOnly(0);
    assertThat(refused).containsOnly(0);
  }

  @Test
  void namesThatAreNotWrittenInCodeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacKey.takeOwnershipOf(Keys.REF, Keys.counting(0), "two words"));
    try (WrappingKey key = WrappingKey.takeOwnershipOf(Keys.REF, Keys.counting(0))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> key.wrap(Keys.REF, "two words", new byte[1]));
    }
  }

  private static void sealAndOpen(SealingKey key) {
    key.open(Keys.AD, key.seal(Keys.AD, new byte[1]));
  }

  private static void wrapAndUnwrap(WrappingKey key) {
    key.unwrap(Keys.REF, "subject", key.wrap(Keys.REF, "subject", new byte[1]));
  }

  private static <T> Consumer<Object> uses(Class<T> type, Consumer<T> use) {
    return handle -> use.accept(type.cast(handle));
  }

  private static boolean isZero(KeyBytes key) {
    for (byte each : key.getEncoded()) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private static List<KeyBytes> keysIn(Object handle) throws IllegalAccessException {
    List<KeyBytes> keys = new ArrayList<>();
    for (Field field : handle.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      Object held = field.get(handle);
      Collection<?> all = held instanceof Map<?, ?> map ? map.values() : List.of(held);
      for (Object each : all) {
        if (each instanceof KeyBytes key) {
          keys.add(key);
        }
      }
    }
    return keys;
  }
}
