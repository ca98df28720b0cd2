package org.tallykeep.analytics.histories;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.aggregates.AggregateFormatException;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.RevisionCursor;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.envelope.MacKey;

class HistoryLoaderTest {

  private static final UUID ANNE = UUID.randomUUID();
  private static final UUID BERT = UUID.randomUUID();

  private final FakeKeys keys = new FakeKeys();
  private final MacKey manifestKey = keys.newManifest();
  private final SealedHistories stored = new SealedHistories(keys.newAggregate(), manifestKey);
  private final long[] nothingSeen = new long[Shards.COUNT];

  private Histories load(Histories before) throws IOException {
    return new HistoryLoader(stored::open, keys).load(before, nothingSeen).histories();
  }

  private Histories load() throws IOException {
    return load(Histories.empty());
  }

  private void refused(Histories before, byte[] stream, String why) {
    HistoryLoader loader = new HistoryLoader(after -> new ByteArrayInputStream(stream), keys);
    assertThatThrownBy(() -> loader.load(before, nothingSeen))
        .isInstanceOf(UnaccountedHistoriesException.class)
        .hasMessageContaining(why);
  }

  private static int[] days(Histories histories, UUID id) {
    int i = histories.find(id);
    return Arrays.copyOfRange(histories.days(), histories.from(i), histories.to(i));
  }

  @Test
  void everyHistoryIsThereAfterTheFirstLoad() throws IOException {
    stored.put(ANNE, 10, 17, 24);
    stored.put(BERT, 12);

    Histories histories = load();

    assertThat(histories.size()).isEqualTo(2);
    assertThat(days(histories, ANNE)).containsExactly(10, 17, 24);
    assertThat(days(histories, BERT)).containsExactly(12);
    assertThat(histories.dataThrough()).contains(LocalDate.ofEpochDay(24));
    assertThat(histories.id(histories.find(BERT))).isEqualTo(BERT);
    assertThat(histories.find(UUID.randomUUID())).isEqualTo(-1);
  }

  @Test
  void aStoreWithoutHistoriesIsLoadedToo() throws IOException {
    Histories histories = load();

    assertThat(histories.size()).isZero();
    assertThat(histories.dataThrough()).isEmpty();
  }

  @Test
  void aDayWithNothingButAReturnIsNoPurchaseDay() throws IOException {
    stored.put(
        ANNE,
        List.of(
            new PurchaseHistory.Day(10, 1, 500, 0),
            new PurchaseHistory.Day(13, 0, -500, 0),
            new PurchaseHistory.Day(15, 1, 0, 0)));

    assertThat(days(load(), ANNE)).containsExactly(10, 15);
  }

  @Test
  void onlyWhatIsNewIsReadTheNextTime() throws IOException {
    stored.put(ANNE, 10);
    stored.put(BERT, 12);
    Histories before = load();
    stored.put(ANNE, 10, 20);

    HistoryLoader.Loaded loaded = new HistoryLoader(stored::open, keys).load(before, nothingSeen);

    assertThat(loaded.read()).isEqualTo(1);
    assertThat(days(loaded.histories(), ANNE)).containsExactly(10, 20);
    assertThat(days(loaded.histories(), BERT)).containsExactly(12);
    assertThat(days(before, ANNE)).as("the snapshot before").containsExactly(10);
  }

  @Test
  void nothingNewLeavesTheSameSnapshot() throws IOException {
    stored.put(ANNE, 10);
    Histories before = load();

    assertThat(load(before)).isSameAs(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void afterAnyHistoryOfChangesTheSnapshotIsWhatIsStored(long seed) throws IOException {
    Random random = new Random(seed);
    Map<UUID, int[]> truth = new HashMap<>();
    List<UUID> ids = random.ints(300).mapToObj(i -> new UUID(i, i * 31L)).distinct().toList();
    Histories histories = Histories.empty();
    for (int round = 0; round < 12; round++) {
      for (int change = random.nextInt(80); change > 0; change--) {
        UUID id = ids.get(random.nextInt(ids.size()));
        int[] days = random.ints(1 + random.nextInt(90), 1, 1000).sorted().distinct().toArray();
        truth.put(id, days);
        stored.put(id, days);
      }
      histories = load(histories);

      assertThat(histories.size()).isEqualTo(truth.size());
      for (Map.Entry<UUID, int[]> entry : truth.entrySet()) {
        assertThat(days(histories, entry.getKey())).containsExactly(entry.getValue());
      }
    }
  }

  @Test
  void aStreamThatBreaksOffAnywhereGivesNothing() {
    stored.put(ANNE, 10, 17, 24);
    stored.put(BERT, 12);
    byte[] whole = stored.stream(RevisionCursor.START);
    for (int length = 0; length < whole.length; length += 397) {
      byte[] part = Arrays.copyOf(whole, length);
      HistoryLoader loader = new HistoryLoader(after -> new ByteArrayInputStream(part), keys);
      assertThatThrownBy(() -> loader.load(Histories.empty(), nothingSeen))
          .isInstanceOfAny(AggregateFormatException.class, IOException.class);
    }
  }

  @Test
  void aRowThatWasRemovedIsMissed() {
    stored.put(ANNE, 10);
    stored.put(BERT, 12);
    List<ShardManifest> manifests = stored.manifests();
    stored.rows.remove(BERT);

    refused(
        Histories.empty(),
        stored.stream(RevisionCursor.START, manifests),
        "accounts for other rows");
  }

  @Test
  void aRowThatWasSetBackIsNoticed() {
    stored.put(ANNE, 10);
    HistoryStream.Row old = requireNonNull(stored.rows.get(ANNE));
    stored.put(ANNE, 10, 20);
    List<ShardManifest> manifests = stored.manifests();
    stored.rows.put(ANNE, old);

    refused(
        Histories.empty(),
        stored.stream(RevisionCursor.START, manifests),
        "accounts for other rows");
  }

  @Test
  void aRowUnderAnotherPseudonymDoesNotOpen() {
    UUID other = new UUID(ANNE.getMostSignificantBits() ^ 1, ANNE.getLeastSignificantBits());
    stored.put(ANNE, 10);
    HistoryStream.Row anne = requireNonNull(stored.rows.remove(ANNE));
    stored.rows.put(
        other, new HistoryStream.Row(anne.shard(), other, anne.revision(), anne.sealed()));

    refused(Histories.empty(), stored.stream(RevisionCursor.START), "does not open");
  }

  @Test
  void aRowThatCameTwiceIsNoticed() throws IOException {
    stored.put(ANNE, 10);
    stored.rows.put(UUID.randomUUID(), requireNonNull(stored.rows.get(ANNE)));

    refused(Histories.empty(), stored.stream(RevisionCursor.START), "twice");
  }

  @Test
  void manifestsOfAnotherSignerAreRefused() {
    stored.put(ANNE, 10);
    // Whoever can read histories knows the manifest key, but has no key to sign with.
    SealedHistories thief = new SealedHistories(keys.newAggregate(), manifestKey);

    refused(
        Histories.empty(), stored.stream(RevisionCursor.START, thief.manifests()), "is not signed");
  }

  @Test
  void aSigningKeyThatTheManifestKeyDoesNotVouchForIsRefused() {
    FakeKeys foreign = new FakeKeys();
    SealedHistories thief = new SealedHistories(keys.newAggregate(), foreign.newManifest());

    refused(Histories.empty(), thief.stream(RevisionCursor.START), "no such key");
  }

  @Test
  void aStoreThatWasSetBackAsAWholeIsNoticed() {
    stored.put(ANNE, 10);
    long[] seen = stored.revisions.clone();
    seen[Shards.of(ANNE)]++;

    assertThatThrownBy(() -> new HistoryLoader(stored::open, keys).load(Histories.empty(), seen))
        .isInstanceOf(UnaccountedHistoriesException.class)
        .hasMessageContaining("older than what was seen");
  }

  @Test
  void aNewManifestKeyCannotBeMixedWithTheOldOne() throws IOException {
    stored.put(ANNE, 10);
    Histories before = load();
    stored.rotateManifestKey(keys.newManifest());

    refused(before, stored.stream(before.cursor()), "new manifest key");
    assertThat(load().size()).isEqualTo(1);
  }
}
