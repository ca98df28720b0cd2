package org.tallykeep.keyvault.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.evidence.AuditEntry;

/**
 * A chain of entries with one writer. It moves on only when a group was committed; when that fails
 * nobody knows whether the rows are there, so the lane is given up and another one begun.
 */
final class AuditLane {

  private final UUID id;
  private long next;
  private byte[] head = new byte[AuditEntry.HASH_LENGTH];

  AuditLane(UUID id) {
    this.id = id;
  }

  static AssociatedData place(UUID lane, long sequence) {
    return AssociatedData.of("audit_entry", lane, "audit", sequence);
  }

  /** The rows of a group that would come next. */
  List<AuditEntry> chain(List<byte[]> bodies, SealingKey key) {
    List<AuditEntry> rows = new ArrayList<>(bodies.size());
    byte[] previous = head;
    long sequence = next;
    for (byte[] body : bodies) {
      byte[] sealed = key.seal(place(id, sequence), body);
      AuditEntry row = AuditEntry.chained(id, sequence, previous, sealed);
      rows.add(row);
      previous = row.hash();
      sequence++;
    }
    return rows;
  }

  /** The group is in the database. */
  void committed(List<AuditEntry> rows) {
    AuditEntry last = rows.getLast();
    head = last.hash();
    next = last.sequence() + 1;
  }
}
