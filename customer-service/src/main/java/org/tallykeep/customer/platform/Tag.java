package org.tallykeep.customer.platform;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;

/**
 * A look-up tag and the version of the key it was made with; compares by value.
 *
 * @param bytes read-only
 */
public record Tag(ByteBuffer bytes, int version) {

  /** An order for statements that lock rows by their tags. */
  public static final Comparator<Tag> ORDER = Comparator.comparing(Tag::bytes);

  /** Takes a copy. */
  public static Tag of(byte[] tag, int version) {
    return new Tag(ByteBuffer.wrap(tag.clone()).asReadOnlyBuffer(), version);
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }

  /** The tags as JDBC wants an array of {@code bytea}. */
  public static byte[][] toArray(Collection<Tag> tags) {
    return tags.stream().map(Tag::toBytes).toArray(byte[][]::new);
  }
}
