package org.tallykeep.customer.aggregate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.envelope.MacKey;

/**
 * Changes rows of one shard of one dataset and the manifest with them, within one transaction. It
 * holds the manifest's row lock from the first moment, so the order of commits is the order of
 * revisions.
 */
final class ShardWriter {

  private final Connection connection;
  private final DatasetRecords records;
  private final Manifests manifests;
  private final ShardManifest before;
  private final MacKey macKey;
  private final ManifestSum sum;
  private final Map<UUID, SealedRow> stored = new HashMap<>();
  private final List<SealedRow> changed = new ArrayList<>();
  private final List<UUID> removed = new ArrayList<>();
  private long revision;
  private long count;

  private ShardWriter(
      Connection connection, DatasetRecords records, Manifests manifests, ShardManifest before) {
    this.connection = connection;
    this.records = records;
    this.manifests = manifests;
    this.before = before;
    this.macKey = manifests.keyOf(before);
    this.sum = ManifestSum.of(before.sum());
    this.revision = before.revision();
    this.count = before.count();
  }

  static ShardWriter lock(
      Connection connection,
      DatasetRecords records,
      Manifests manifests,
      Dataset dataset,
      int shard)
      throws SQLException {
    ShardManifest manifest = manifests.lock(connection, dataset, shard);
    return new ShardWriter(connection, records, manifests, manifest);
  }

  /** The payloads of those rows that are there. A row must be read before it is put or removed. */
  Map<UUID, byte[]> read(Collection<UUID> ids) throws SQLException {
    Map<UUID, byte[]> payloads = new HashMap<>();
    for (SealedRow row : AggregateRepository.find(connection, before.dataset(), ids)) {
      if (row.shard() != before.shard() || row.revision() > before.revision()) {
        throw new IllegalStateException("a row that its shard's manifest does not account for");
      }
      stored.put(row.id(), row);
      payloads.put(row.id(), records.open(Dataset.PURPOSE, row.associatedData(), row.sealed()));
    }
    return payloads;
  }

  /** Writes a row under the next revision. */
  void put(UUID id, byte[] payload) {
    revision++;
    byte[] sealed =
        records.seal(Dataset.PURPOSE, before.dataset().associatedData(id, revision), payload);
    SealedRow row = new SealedRow(before.dataset(), id, before.shard(), revision, sealed);
    forget(id);
    sum.add(row.fingerprint(macKey));
    count++;
    changed.add(row);
  }

  /** Removes a row; one that is not there changes nothing. */
  void remove(UUID id) {
    if (forget(id)) {
      removed.add(id);
    }
  }

  private boolean forget(UUID id) {
    SealedRow old = stored.remove(id);
    if (old == null) {
      return false;
    }
    sum.subtract(old.fingerprint(macKey));
    count--;
    return true;
  }

  /** Writes rows and manifest; nothing may be put afterwards. */
  void write() throws SQLException {
    if (changed.isEmpty() && removed.isEmpty()) {
      return;
    }
    if (!changed.isEmpty()) {
      AggregateRepository.put(connection, before.dataset(), changed);
    }
    if (!removed.isEmpty()) {
      AggregateRepository.delete(connection, before.dataset(), removed);
    }
    ManifestRepository.save(
        connection, manifests.sign(before.dataset(), before.shard(), count, revision, sum, macKey));
  }
}
