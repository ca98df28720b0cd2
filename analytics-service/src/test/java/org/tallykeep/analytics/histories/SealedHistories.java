package org.tallykeep.analytics.histories;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.HistoryStreamWriter;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.RevisionCursor;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.SealingKey;

/**
 * A customer service's store of purchase histories, as far as its stream shows it: really sealed,
 * really signed. Fields are open so that a test can do what a thief would.
 */
public final class SealedHistories {

  public final Map<UUID, HistoryStream.Row> rows = new LinkedHashMap<>();
  public final long[] revisions = new long[Shards.COUNT];
  final KeyPair signer = newSigner();
  private final SealingKey aggregate;
  private MacKey manifest;

  public SealedHistories(SealingKey aggregate, MacKey manifest) {
    this.aggregate = aggregate;
    this.manifest = manifest;
  }

  private static KeyPair newSigner() {
    try {
      return KeyPairGenerator.getInstance(ShardManifest.SIGNATURE_ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void rotateManifestKey(MacKey to) {
    manifest = to;
  }

  /** One order on each of these days. */
  public void put(UUID purchaser, int... epochDays) {
    put(purchaser, history(epochDays));
  }

  private static PurchaseHistory history(int... epochDays) {
    return new PurchaseHistory(
        Arrays.stream(epochDays)
            .sorted()
            .distinct()
            .mapToObj(day -> new PurchaseHistory.Day(day, 1, 1999, 0))
            .toList(),
        Traits.NONE);
  }

  public void put(UUID purchaser, LocalDate... days) {
    put(purchaser, Arrays.stream(days).mapToInt(day -> (int) day.toEpochDay()).toArray());
  }

  void put(UUID purchaser, List<PurchaseHistory.Day> days) {
    put(purchaser, new PurchaseHistory(days, Traits.NONE));
  }

  /** The same purchases of somebody who refused that anything is predicted of them. */
  public void putUnprofiled(UUID purchaser, int... epochDays) {
    put(purchaser, history(epochDays).with(new Traits(false, true, Map.of("tier", "gold"))));
  }

  private void put(UUID purchaser, PurchaseHistory history) {
    int shard = Shards.of(purchaser);
    long revision = ++revisions[shard];
    byte[] sealed =
        aggregate.seal(
            Dataset.PURCHASE_HISTORY.associatedData(purchaser, revision), history.encode());
    rows.put(purchaser, new HistoryStream.Row(shard, purchaser, revision, sealed));
  }

  List<ShardManifest> manifests() {
    ManifestSum[] sums = new ManifestSum[Shards.COUNT];
    Arrays.setAll(sums, shard -> ManifestSum.zero());
    long[] counts = new long[Shards.COUNT];
    for (HistoryStream.Row row : rows.values()) {
      counts[row.shard()]++;
      sums[row.shard()].add(
          ManifestSum.fingerprint(
              manifest, Dataset.PURCHASE_HISTORY, row.purchaserId(), row.revision(), row.sealed()));
    }
    List<ShardManifest> manifests = new ArrayList<>();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      manifests.add(
          ShardManifest.sign(
              Dataset.PURCHASE_HISTORY,
              shard,
              counts[shard],
              revisions[shard],
              sums[shard],
              manifest.ref(),
              signer.getPrivate()));
    }
    return manifests;
  }

  /** What the customer service answers. */
  public byte[] stream(RevisionCursor after) {
    return stream(after, manifests());
  }

  byte[] stream(RevisionCursor after, List<ShardManifest> manifests) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      HistoryStreamWriter writer = new HistoryStreamWriter(bytes);
      byte[] publicKey = signer.getPublic().getEncoded();
      writer.header(
          new HistoryStream.Header(
              "USD",
              2,
              "UTC",
              RevisionCursor.of(revisions),
              publicKey,
              manifest.mac("signing key".getBytes(StandardCharsets.US_ASCII), publicKey),
              manifests));
      for (HistoryStream.Row row : rows.values()) {
        if (row.revision() > after.revision(row.shard())) {
          writer.row(row);
        }
      }
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  InputStream open(RevisionCursor after) {
    return new ByteArrayInputStream(stream(after));
  }
}
