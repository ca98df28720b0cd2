package org.tallykeep.envelope;

import java.util.Objects;
import java.util.UUID;

/**
 * Where a sealed value belongs: authenticated with the value, stored nowhere in it. A record opens
 * only for the associated data it was sealed with, so it cannot be moved to another row, field or
 * revision.
 *
 * @param recordKind what kind of record this is, such as {@code purchase_history}: 1 to 255 visible
 *     ASCII characters
 * @param recordId the id of the row
 * @param field the field or purpose, such as {@code aggregate}: 1 to 255 visible ASCII characters
 * @param revision the revision of the row, from 0 upwards
 */
public record AssociatedData(String recordKind, UUID recordId, String field, long revision) {
  /** Four components, each after its length in two bytes, both names at their longest. */
  static final int MAX_ENCODED = 4 * 2 + 2 * Names.MAX_LENGTH + 2 * Long.BYTES + Long.BYTES;

  /**
   * @throws IllegalArgumentException if a name is empty, too long or not visible ASCII, or the
   *     revision negative
   */
  public AssociatedData {
    Names.check("record kind", recordKind);
    Objects.requireNonNull(recordId, "recordId");
    Names.check("field", field);
    if (revision < 0) {
      throw new IllegalArgumentException("a revision starts at 0, got " + revision);
    }
  }

  /** The associated data of one field of one revision of one record. */
  public static AssociatedData of(String recordKind, UUID recordId, String field, long revision) {
    return new AssociatedData(recordKind, recordId, field, revision);
  }

  /** Writes the canonical encoding at {@code at} and returns the index after it. */
  int encode(byte[] into, int at) {
    int next = Bytes.putName(into, at, recordKind);
    next = Bytes.putShort(into, next, 2 * Long.BYTES);
    next = Bytes.putUuid(into, next, recordId);
    next = Bytes.putName(into, next, field);
    next = Bytes.putShort(into, next, Long.BYTES);
    return Bytes.putLong(into, next, revision);
  }

  /** Leaves the record's id out: beside a time in a log it could tell who bought when. */
  @Override
  public String toString() {
    return "AssociatedData[" + recordKind + "/" + field + " revision " + revision + "]";
  }
}
