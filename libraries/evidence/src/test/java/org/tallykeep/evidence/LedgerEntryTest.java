package org.tallykeep.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.LedgerEntry.Destroyed;
import org.tallykeep.evidence.LedgerEntry.Founded;
import org.tallykeep.evidence.LedgerEntry.Frozen;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Lifted;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.evidence.LedgerEntry.Overridden;

class LedgerEntryTest {

  private final Random random = new Random(5);
  private final Instant at = Instant.parse("2026-03-01T08:00:00.123456Z");

  @Test
  void theFirstEntryIsAsItIsWrittenDown() {
    LedgerEntry entry =
        new LedgerEntry(
            1,
            LedgerEntry.beginning(),
            at,
            new Founded(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f")));
    assertThat(HexFormat.of().formatHex(entry.encoded()))
        .isEqualTo(
            "0100"
                + "0000000000000001"
                + "00".repeat(32)
                + "00064bf1db626240"
                + "000102030405060708090a0b0c0d0e0f");
  }

  @Test
  void destroyedKeysAreReadBack() {
    LedgerEntry entry = destroyed(3);
    LedgerEntry read = LedgerEntry.decode(entry.encoded());
    assertThat(read.number()).isEqualTo(9);
    assertThat(read.at()).isEqualTo(at);
    assertThat(read.previous()).isEqualTo(entry.previous());
    assertThat(read.body())
        .isInstanceOfSatisfying(
            Destroyed.class,
            gone -> {
              assertThat(gone.kind()).isEqualTo(Kind.PSEUDONYM);
              assertThat(gone.mode()).isEqualTo(Mode.PURGE);
              assertThat(gone.marks())
                  .containsExactlyElementsOf(((Destroyed) entry.body()).marks());
            });
  }

  @Test
  void aFreezeIsAsItIsWrittenDown() {
    LedgerEntry entry =
        new LedgerEntry(
            2,
            LedgerEntry.beginning(),
            at,
            new Frozen(new UUID(1, 2), HexFormat.of().parseHex("aabbcc")));
    assertThat(HexFormat.of().formatHex(entry.encoded()))
        .isEqualTo(
            "0102"
                + "0000000000000002"
                + "00".repeat(32)
                + "00064bf1db626240"
                + "00000000000000010000000000000002"
                + "00000003"
                + "aabbcc");
    assertThat(LedgerEntry.decode(entry.encoded()).body())
        .isInstanceOfSatisfying(
            Frozen.class,
            read -> {
              assertThat(read.freeze()).isEqualTo(new UUID(1, 2));
              assertThat(read.sealed()).isEqualTo(HexFormat.of().parseHex("aabbcc"));
            });
  }

  @Test
  void aLiftingIsAsItIsWrittenDown() {
    byte[] mark = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    Lifted lifted = new Lifted(mark, new UUID(1, 2));
    byte[] encoded = new LedgerEntry(3, LedgerEntry.beginning(), at, lifted).encoded();
    assertThat(HexFormat.of().formatHex(encoded))
        .startsWith("0103")
        .endsWith(
            "00064bf1db626240"
                + "000102030405060708090a0b0c0d0e0f"
                + "00000000000000010000000000000002");
    assertThat(LedgerEntry.decode(encoded).body())
        .isInstanceOfSatisfying(
            Lifted.class,
            read -> {
              assertThat(read.mark()).isEqualTo(mark);
              assertThat(read.freeze()).isEqualTo(new UUID(1, 2));
            });
  }

  @Test
  void anOverrideIsAsItIsWrittenDown() {
    byte[] mark = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    byte[] hash = bytes(32);
    byte[] encoded =
        new LedgerEntry(4, LedgerEntry.beginning(), at, new Overridden(mark, 57, hash)).encoded();
    assertThat(HexFormat.of().formatHex(encoded))
        .startsWith("0104")
        .endsWith(
            "000102030405060708090a0b0c0d0e0f"
                + "0000000000000039"
                + HexFormat.of().formatHex(hash));
    assertThat(LedgerEntry.decode(encoded).body())
        .isInstanceOfSatisfying(
            Overridden.class,
            read -> {
              assertThat(read.mark()).isEqualTo(mark);
              assertThat(read.position()).isEqualTo(57);
              assertThat(read.hash()).isEqualTo(hash);
            });
  }

  @Test
  void moreMarksThanAnEntryHoldsAreRefused() {
    List<byte[]> marks = java.util.Collections.nCopies(LedgerEntry.MOST_MARKS + 1, new byte[16]);
    assertThatThrownBy(() -> new Destroyed(Kind.SUBJECT, Mode.SEVER, marks))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32768");
    byte[] most =
        new LedgerEntry(
                2, bytes(32), at, new Destroyed(Kind.SUBJECT, Mode.SEVER, marks.subList(1, 32_769)))
            .encoded();
    assertThat(LedgerEntry.decode(most).encoded()).isEqualTo(most);
    byte[] more = Arrays.copyOf(most, most.length + 16);
    // The count, 32,768, becomes 32,769.
    more[55] = 1;
    assertThatThrownBy(() -> LedgerEntry.decode(more))
        .isInstanceOf(NotGenuine.class)
        .hasMessageContaining("more marks");
  }

  @Test
  void anEntryThatIsCutOrLengthenedIsRefused() {
    byte[] whole = destroyed(3).encoded();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> LedgerEntry.decode(cut)).isInstanceOf(NotGenuine.class);
    }
    assertThatThrownBy(() -> LedgerEntry.decode(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(NotGenuine.class);
  }

  @Test
  void whateverIsNoEntryIsRefused() {
    List<LedgerEntry> entries =
        List.of(
            destroyed(2),
            new LedgerEntry(2, bytes(32), at, new Frozen(new UUID(1, 2), bytes(64))),
            new LedgerEntry(3, bytes(32), at, new Lifted(bytes(16), new UUID(1, 2))),
            new LedgerEntry(4, bytes(32), at, new Overridden(bytes(16), 7, bytes(32))));
    for (int i = 0; i < 40_000; i++) {
      byte[] bytes = entries.get(i % entries.size()).encoded();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      try {
        assertThat(LedgerEntry.decode(bytes).encoded()).isEqualTo(bytes);
      } catch (NotGenuine refused) {
        assertThat(refused).hasMessageContaining("ledger entry");
      }
    }
  }

  @Test
  void anEntryFollowsTheOneItNames() {
    LedgerEntry first = new LedgerEntry(1, LedgerEntry.beginning(), at, new Founded(new byte[16]));
    byte[] head = LedgerEntry.hash(first.encoded());
    LedgerEntry second =
        new LedgerEntry(2, head, at, new Destroyed(Kind.SUBJECT, Mode.SEVER, List.of()));
    assertThat(first.follows(0, LedgerEntry.beginning())).isTrue();
    assertThat(second.follows(1, head)).isTrue();
    assertThat(second.follows(2, head)).isFalse();
    assertThat(second.follows(1, LedgerEntry.hash(second.encoded()))).isFalse();
  }

  @Test
  void kindsAndModesAreNamedAsInRequests() {
    assertThat(Kind.values()).extracting(Kind::label).containsExactly("subject", "pseudonym");
    assertThat(Mode.values()).extracting(Mode::label).containsExactly("sever", "purge");
    assertThat(Kind.of("pseudonym")).isEqualTo(Kind.PSEUDONYM);
    assertThat(Mode.of("purge")).isEqualTo(Mode.PURGE);
    assertThatThrownBy(() -> Kind.of("dataset")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mode.of("forget")).isInstanceOf(IllegalArgumentException.class);
    assertThat(destroyed(1)).hasToString("LedgerEntry[9]");
  }

  private LedgerEntry destroyed(int count) {
    byte[] previous = bytes(32);
    return new LedgerEntry(
        9,
        previous,
        at,
        new Destroyed(
            Kind.PSEUDONYM,
            Mode.PURGE,
            java.util.stream.Stream.generate(() -> bytes(16)).limit(count).toList()));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
