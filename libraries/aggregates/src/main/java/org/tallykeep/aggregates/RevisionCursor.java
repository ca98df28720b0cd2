package org.tallykeep.aggregates;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * How far a reader has come: the revision of each shard up to which it has everything. As text it
 * is the base64url of 64 big-endian 64-bit numbers; readers hand it back as they got it.
 */
public final class RevisionCursor {

  /** Nothing read yet. */
  public static final RevisionCursor START = new RevisionCursor(new long[Shards.COUNT]);

  private final long[] revisions;

  private RevisionCursor(long[] revisions) {
    this.revisions = revisions;
  }

  /**
   * A cursor at these revisions, in the order of the shards.
   *
   * @throws IllegalArgumentException unless there are 64, none negative
   */
  public static RevisionCursor of(long[] revisions) {
    if (revisions.length != Shards.COUNT || Arrays.stream(revisions).anyMatch(r -> r < 0)) {
      throw new IllegalArgumentException("a cursor has a revision for each of 64 shards");
    }
    return new RevisionCursor(revisions.clone());
  }

  /**
   * A cursor that was given out before; an empty text is {@link #START}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static RevisionCursor parse(String text) {
    if (text.isEmpty()) {
      return START;
    }
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (bytes.length != Shards.COUNT * Long.BYTES) {
      throw new IllegalArgumentException("a cursor has a revision for each of 64 shards");
    }
    long[] revisions = new long[Shards.COUNT];
    ByteBuffer.wrap(bytes).asLongBuffer().get(revisions);
    return of(revisions);
  }

  /** The revision up to which everything of a shard is known. */
  public long revision(int shard) {
    return revisions[shard];
  }

  /** The text to hand out. */
  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(Shards.COUNT * Long.BYTES);
    bytes.asLongBuffer().put(revisions);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }
}
