package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.InMemoryLog;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.root.AppendOnlyLog;
import org.tallykeep.platform.problem.Unavailable;

/** A ledger of 61 entries in segments of eight or so, and one that is not full yet. */
class SegmentedLogTest {

  private static final int LONGEST = 640;
  private static final int DESTROYED = 60;

  private final Database database = TestDatabase.migrated();
  private final BranchKeys branches =
      BranchFixture.keys(database, new FakeRoot(), new MovableClock());
  private final InMemoryLog log = new InMemoryLog();
  private final InMemoryLog segments = new InMemoryLog();
  private final List<Long> asked = new ArrayList<>();
  private final List<UUID> destroyed = Stream.generate(UUID::randomUUID).limit(DESTROYED).toList();
  private String head = "";

  @BeforeEach
  void destroyOneByOne() {
    RevocationLedger writer = replica();
    destroyed.forEach(id -> writer.destroy(Kind.SUBJECT, Mode.SEVER, List.of(id)));
    head = writer.head().hash();
    asked.clear();
  }

  @Test
  void throughSegmentsTheSameIsReadInFewerCalls() {
    assertThat(segments.entries).hasSize(7);
    assertThat(segments.entries.values()).allMatch(segment -> segment.length <= LONGEST + 1);
    RevocationLedger replica = replica();
    knowsAll(replica);
    // The last of each segment and the one behind it, and those that are in none yet.
    assertThat(asked).hasSizeLessThan(2 * 7 + 8);

    RevocationLedger withoutSegments =
        LedgerFixture.on(log, new InMemoryLog(), database, branches, LONGEST);
    withoutSegments.catchUp();
    knowsAll(withoutSegments);
  }

  @Test
  void replicasWriteTheSameSegmentsWhereverTheyBegan() {
    Map<Long, byte[]> first = new TreeMap<>(segments.entries);
    InMemoryLog others = new InMemoryLog();
    LedgerFixture.on(log, others, database, branches, LONGEST).catchUp();
    assertThat(others.entries).containsExactlyInAnyOrderEntriesOf(first);

    // One that follows from the middle of a segment on, and one that begins with what it wrote.
    segments.entries.remove(5L);
    segments.entries.remove(6L);
    segments.entries.remove(7L);
    replica();
    assertThat(segments.entries).containsExactlyInAnyOrderEntriesOf(first);
  }

  static Stream<Arguments> falseSegments() {
    return Stream.of(
        damage("one byte of an entry", 3, at -> at.put(3L, changed(segment(at, 3L), 100))),
        damage("one byte of the last entry", 3, at -> at.put(3L, changed(segment(at, 3L), -1))),
        damage("one byte of a length", 3, at -> at.put(3L, changed(segment(at, 3L), 4))),
        damage("another format", 3, at -> at.put(3L, changed(segment(at, 3L), 0))),
        damage("cut in an entry", 3, at -> at.put(3L, Arrays.copyOf(segment(at, 3L), 200))),
        damage("cut behind an entry", 3, at -> at.put(3L, Arrays.copyOf(segment(at, 3L), 1 + 76))),
        damage("nothing in it", 3, at -> at.put(3L, new byte[0])),
        damage("no entries in it", 3, at -> at.put(3L, new byte[] {1, 0, 0, 0, 2, 7, 7})),
        damage("another one", 3, at -> at.put(3L, segment(at, 2L))),
        damage(
            "swapped",
            3,
            at -> {
              byte[] third = segment(at, 3L);
              at.put(3L, segment(at, 4L));
              at.put(4L, third);
            }),
        damage("missing", 3, at -> at.remove(3L)),
        damage("the first", 1, at -> at.put(1L, changed(segment(at, 1L), 100))),
        damage("the last", 7, at -> at.put(7L, changed(segment(at, 7L), 100))));
  }

  private static byte[] segment(Map<Long, byte[]> segments, long number) {
    return Objects.requireNonNull(segments.get(number));
  }

  private static Arguments damage(String name, int first, Consumer<Map<Long, byte[]>> how) {
    return Arguments.of(name, first, how);
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] other = bytes.clone();
    other[at < 0 ? other.length + at : at] ^= 1;
    return other;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("falseSegments")
  void aFalseSegmentIsNotReliedOnAndTheOthersStillAre(
      String name, int first, Consumer<Map<Long, byte[]>> damage) {
    damage.accept(segments.entries);
    RevocationLedger replica = replica();
    knowsAll(replica);
    // Its own entries are read one by one, those of most others not.
    assertThat(asked).hasSizeBetween(15, 45);
  }

  @Test
  void segmentsDoNotMakeUpForWhatTheLogLost() {
    for (long lost = 30; lost <= DESTROYED + 1; lost++) {
      log.entries.remove(lost);
    }
    RevocationLedger replica = replica();
    assertThat(replica.head().position()).isEqualTo(29);
    assertThat(replica.size()).isEqualTo(28);
  }

  @Test
  void whatFollowsInAForgedSegmentIsNotTakenForTheLedger() {
    byte[] forged = new LedgerEntry(62, hashOf(61), Instant.now(), mark()).encoded();
    segments.entries.put(
        8L,
        Segment.packed(
            List.of(
                log.read(57).orElseThrow(),
                log.read(58).orElseThrow(),
                log.read(59).orElseThrow(),
                log.read(60).orElseThrow(),
                log.read(61).orElseThrow(),
                forged)));
    knowsAll(replica());
  }

  @Test
  void segmentsThatCannotBeReadOrWrittenKeepNobodyFromReading() {
    AppendOnlyLog away = new Away();
    RevocationLedger replica = LedgerFixture.on(log, away, database, branches, LONGEST);
    replica.catchUp();
    knowsAll(replica);
    replica.destroy(Kind.SUBJECT, Mode.SEVER, List.of(UUID.randomUUID()));
    assertThat(replica.size()).isEqualTo(DESTROYED + 1);
  }

  @Test
  void aBrokenEntryStaysBrokenHoweverOftenItIsAskedFor() {
    log.entries.put(40L, changed(log.read(40).orElseThrow(), -1));
    segments.entries.clear();
    RevocationLedger replica = LedgerFixture.on(log, segments, database, branches, LONGEST);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(replica::catchUp)
          .isInstanceOf(LedgerBroken.class)
          .hasMessageContaining("Entry 41");
    }
    assertThat(replica.head().position()).isEqualTo(40);
    assertThat(log.entries).hasSize(DESTROYED + 1);
  }

  private void knowsAll(RevocationLedger replica) {
    assertThat(replica.head().hash()).isEqualTo(head);
    assertThat(replica.size()).isEqualTo(DESTROYED);
    for (int i = 0; i < DESTROYED; i++) {
      assertThat(replica.isDestroyed(Kind.SUBJECT, destroyed.get(i))).isTrue();
    }
    assertThat(replica.isDestroyed(Kind.SUBJECT, UUID.randomUUID())).isFalse();
  }

  private byte[] hashOf(long number) {
    return LedgerEntry.hash(log.read(number).orElseThrow());
  }

  private static LedgerEntry.Destroyed mark() {
    return new LedgerEntry.Destroyed(Kind.SUBJECT, Mode.SEVER, List.of(new byte[16]));
  }

  private RevocationLedger replica() {
    RevocationLedger replica =
        LedgerFixture.on(new Counted(), segments, database, branches, LONGEST);
    replica.catchUp();
    return replica;
  }

  /** The log, and which entries it was asked for. */
  private final class Counted implements AppendOnlyLog {
    @Override
    public boolean append(long number, byte[] entry) {
      return log.append(number, entry);
    }

    @Override
    public Optional<byte[]> read(long number) {
      asked.add(number);
      return log.read(number);
    }
  }

  private static final class Away implements AppendOnlyLog {
    @Override
    public boolean append(long number, byte[] entry) {
      throw unavailable();
    }

    @Override
    public Optional<byte[]> read(long number) {
      throw unavailable();
    }

    private static Unavailable unavailable() {
      return new Unavailable("away", "away", java.time.Duration.ofSeconds(1), null);
    }
  }
}
