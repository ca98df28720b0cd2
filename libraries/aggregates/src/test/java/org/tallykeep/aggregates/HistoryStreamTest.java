package org.tallykeep.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;

class HistoryStreamTest {

  private static final UUID ID = new UUID(1, 2);
  private static final KeyRef MAC_KEY = new KeyRef(new UUID(3, 4), 1);
  private final KeyPair keys;

  HistoryStreamTest() throws Exception {
    keys = KeyPairGenerator.getInstance(ShardManifest.SIGNATURE_ALGORITHM).generateKeyPair();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    HistoryStreamReader reader = reader(stream());
    HistoryStream.Header header = reader.header();
    assertThat(header.currency()).isEqualTo("USD");
    assertThat(header.zone()).isEqualTo("UTC");
    assertThat(header.cursor().revision(63)).isEqualTo(64);
    assertThat(header.manifests()).allMatch(manifest -> manifest.isSignedBy(keys.getPublic()));
    Optional<HistoryStream.Row> row = reader.next();
    assertThat(row).isPresent();
    assertThat(row.get().purchaserId()).isEqualTo(ID);
    assertThat(row.get().revision()).isEqualTo(7);
    assertThat(row.get().sealed()).containsExactly(1, 2, 3);
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void aRowAndTheEndHaveTheseBytes() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    HistoryStreamWriter writer = new HistoryStreamWriter(output);
    writer.row(new HistoryStream.Row(2, ID, 7, new byte[] {1, 2, 3}));
    writer.end();
    // [2, h'…16 bytes', 7, h'010203'] and {"kind": "end", "count": 1}
    assertThat(HexFormat.of().formatHex(output.toByteArray()))
        .isEqualTo(
            "8402500000000000000001000000000000000207"
                + "43010203"
                + "a2646b696e6463656e6465636f756e7401");
  }

  @Test
  void aStreamThatIsCutAnywhereIsNotTakenForWhole() throws IOException {
    byte[] whole = stream();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> readAll(cut))
          .as("%d bytes", length)
          .isInstanceOfAny(AggregateFormatException.class, IOException.class);
    }
  }

  @Test
  void anythingChangedInAManifestBreaksItsSignature() {
    ShardManifest manifest = manifest(5);
    assertThat(manifest.isSignedBy(keys.getPublic())).isTrue();
    ShardManifest other =
        new ShardManifest(
            manifest.dataset(),
            manifest.shard(),
            manifest.count() - 1,
            manifest.revision(),
            manifest.sum(),
            manifest.macKey(),
            manifest.signature());
    assertThat(other.isSignedBy(keys.getPublic())).isFalse();
    ShardManifest moved =
        new ShardManifest(
            Dataset.BASKET_HISTORY,
            manifest.shard(),
            manifest.count(),
            manifest.revision(),
            manifest.sum(),
            manifest.macKey(),
            manifest.signature());
    assertThat(moved.isSignedBy(keys.getPublic())).isFalse();
  }

  @Test
  void aSumForgetsNoRowAndNoRevisionAndTakesBackWhatItAdded() {
    try (MacKey key = MacKey.takeOwnershipOf(MAC_KEY, new byte[32], ManifestSum.MAC_USE)) {
      byte[] old = fingerprint(key, 1, 9);
      byte[] current = fingerprint(key, 2, 9);
      assertThat(fingerprint(key, 2, 8)).isNotEqualTo(current);
      ManifestSum sum = ManifestSum.of(ManifestSum.zero().bytes());
      sum.add(old);
      assertThat(sum.bytes()).isEqualTo(old);
      sum.subtract(current);
      sum.add(current);
      sum.add(current);
      sum.subtract(old);
      assertThat(sum.bytes()).isEqualTo(current);
      sum.subtract(current);
      assertThat(sum.bytes()).isEqualTo(new byte[32]);
    }
  }

  @Test
  void aCursorIsItsTextAgainAndNothingElseIsOne() {
    RevisionCursor cursor = cursor();
    RevisionCursor parsed = RevisionCursor.parse(cursor.toString());
    assertThat(parsed).hasToString(cursor.toString());
    assertThat(parsed.revision(3)).isEqualTo(4);
    assertThat(RevisionCursor.parse("").revision(9)).isZero();
    for (String text : List.of("AA", "%", cursor + "AAAA", "_".repeat(683))) {
      assertThatThrownBy(() -> RevisionCursor.parse(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] fingerprint(MacKey key, long revision, int content) {
    return ManifestSum.fingerprint(
        key, Dataset.PURCHASE_HISTORY, ID, revision, new byte[] {(byte) content});
  }

  private void readAll(byte[] bytes) throws IOException {
    HistoryStreamReader reader = reader(bytes);
    reader.header();
    while (reader.next().isPresent()) {
      // Only whether it ends is of interest.
    }
  }

  private static HistoryStreamReader reader(byte[] bytes) throws IOException {
    return new HistoryStreamReader(new ByteArrayInputStream(bytes));
  }

  private byte[] stream() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    HistoryStreamWriter writer = new HistoryStreamWriter(output);
    List<ShardManifest> manifests = new ArrayList<>();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      manifests.add(manifest(shard));
    }
    writer.header(
        new HistoryStream.Header(
            "USD", 2, "UTC", cursor(), keys.getPublic().getEncoded(), new byte[32], manifests));
    writer.row(new HistoryStream.Row(2, ID, 7, new byte[] {1, 2, 3}));
    writer.end();
    return output.toByteArray();
  }

  private ShardManifest manifest(int shard) {
    return ShardManifest.sign(
        Dataset.PURCHASE_HISTORY,
        shard,
        1,
        shard + 1L,
        ManifestSum.zero(),
        MAC_KEY,
        keys.getPrivate());
  }

  private static RevisionCursor cursor() {
    long[] revisions = new long[Shards.COUNT];
    Arrays.setAll(revisions, shard -> shard + 1);
    return RevisionCursor.of(revisions);
  }
}
