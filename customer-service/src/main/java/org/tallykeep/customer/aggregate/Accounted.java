package org.tallykeep.customer.aggregate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.envelope.MacKey;

/**
 * Opens the rows of one shard of one data set and adds them up for their manifest, as they come.
 */
final class Accounted {

  private final Dataset dataset;
  private final int shard;
  private final DatasetRecords records;
  private final Findings findings;
  private final ManifestSum sum = ManifestSum.zero();
  private final LeftRows left;
  private final Set<UUID> unreadable = new HashSet<>();
  private @Nullable ShardManifest manifest;
  private @Nullable MacKey key;
  private long rows;

  Accounted(Dataset dataset, int shard, DatasetRecords records, Findings findings) {
    this.dataset = dataset;
    this.shard = shard;
    this.records = records;
    this.findings = findings;
    this.left = new LeftRows(dataset.kind());
  }

  /** Reads the manifest, whose key is asked for only if it is signed: another could name any. */
  Accounted by(Connection connection, Manifests manifests) throws SQLException {
    manifest = ManifestRepository.find(connection, dataset, shard).orElse(null);
    key = manifest != null && manifests.isOurs(manifest) ? manifests.keyOf(manifest) : null;
    return this;
  }

  /** What those rows hold that are there and open. */
  Map<UUID, byte[]> read(Connection connection, Collection<UUID> ids) throws SQLException {
    Map<UUID, byte[]> payloads = new HashMap<>();
    for (SealedRow row : AggregateRepository.find(connection, dataset, ids)) {
      byte[] payload = take(row);
      if (payload != null) {
        payloads.put(row.id(), payload);
      }
    }
    return payloads;
  }

  /** Counts a row in; null if it does not open. */
  byte @Nullable [] take(SealedRow row) {
    rows++;
    boolean tooNew = false;
    if (manifest != null && key != null) {
      tooNew = row.revision() > manifest.revision();
      sum.add(row.fingerprint(key));
    }
    if (row.shard() != shard || tooNew) {
      found(Finding.What.MISPLACED, 1);
    }
    byte[] payload =
        left.open(() -> records.open(Dataset.PURPOSE, row.associatedData(), row.sealed()))
            .orElse(null);
    if (payload == null) {
      unreadable.add(row.id());
      found(Finding.What.UNREADABLE, 1);
    }
    return payload;
  }

  /** Compares a row with what should stand there; nothing is empty. */
  void compare(UUID id, byte @Nullable [] expected, byte @Nullable [] stored) {
    if (unreadable.contains(id)) {
      return;
    }
    if (stored == null) {
      found(Finding.What.MISSING, expected == null ? 0 : 1);
    } else if (expected == null) {
      found(Finding.What.UNEXPECTED, 1);
    } else if (!Arrays.equals(expected, stored)) {
      found(Finding.What.DIFFERS, 1);
    }
  }

  /** How many rows did not open. */
  int unreadable() {
    return unreadable.size();
  }

  void found(Finding.What what, long count) {
    findings.add(dataset.kind(), what, count);
  }

  /** After the last row. */
  void close() {
    left.say();
    if (manifest == null) {
      found(Finding.What.MANIFEST_MISSING, rows > 0 ? 1 : 0);
    } else if (key == null) {
      found(Finding.What.MANIFEST_NOT_SIGNED, 1);
    } else if (!manifest.accountsFor(rows, sum)) {
      found(Finding.What.NOT_ACCOUNTED_FOR, 1);
    }
  }
}
