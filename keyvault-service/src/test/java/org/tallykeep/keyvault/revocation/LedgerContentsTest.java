package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Founded;
import org.tallykeep.evidence.LedgerEntry.Overridden;

/** Which numbers were given up, and since when. */
class LedgerContentsTest {

  private final LedgerContents contents = new LedgerContents();

  @Test
  void whatLiesBetweenTheLastThatWasLeftAndTheLastThatWasRememberedIsGivenUp() {
    take(1, new Founded(new byte[16]));
    take(5, override(9));
    assertThat(givenUp(Optional.empty())).isEqualTo("56789");
  }

  @Test
  void whatCameAfterAnOverrideIsGivenUpByTheNextOnesOnly() {
    byte[] first = take(5, override(9));
    byte[] second = take(7, override(8));
    assertThat(givenUp(Optional.empty())).isEqualTo("56789");
    assertThat(givenUp(Optional.of(first))).isEqualTo("78");
    assertThat(givenUp(Optional.of(second))).isEmpty();
    assertThat(givenUp(Optional.of(new byte[32])))
        .as("an override that is lost")
        .isEqualTo("56789");
  }

  @Test
  void aFoundingThatWasMadeAnewIsGivenUpWithTheRest() {
    take(1, new Founded(new byte[16]));
    take(2, override(3));
    assertThat(givenUp(Optional.empty())).isEqualTo("123");
  }

  @Test
  void theHeadNamesTheNewestOverride() {
    Instant now = Instant.EPOCH;
    assertThat(contents.head(now).override()).isNull();
    take(5, override(9));
    byte[] second = take(6, override(8));
    take(7, new Founded(new byte[16]));
    assertThat(contents.head(now).override())
        .isEqualTo(org.tallykeep.evidence.LedgerHead.hex(second));
    assertThat(contents.head(now).position()).isEqualTo(7);
  }

  private String givenUp(Optional<byte[]> override) {
    StringBuilder numbers = new StringBuilder();
    for (long number = 0; number < 12; number++) {
      if (contents.gaveUpSince(override, number)) {
        numbers.append(number);
      }
    }
    return numbers.toString();
  }

  private static Overridden override(long position) {
    return new Overridden(new byte[16], position, new byte[32]);
  }

  private byte[] take(long number, LedgerEntry.Body body) {
    LedgerEntry entry = new LedgerEntry(number, new byte[32], Instant.EPOCH, body);
    byte[] hash = LedgerEntry.hash(entry.encoded());
    contents.takeUp(entry, hash);
    return hash;
  }
}
