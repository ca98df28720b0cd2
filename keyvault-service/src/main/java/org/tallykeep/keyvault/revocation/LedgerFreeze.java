package org.tallykeep.keyvault.revocation;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.tallykeep.evidence.NotGenuine;

/**
 * A freeze as the ledger keeps it. Before it is sealed, numbers big-endian:
 *
 * <pre>
 * 1        format, 1
 * 16       its incident's id
 * 8        since when, microseconds since 1970-01-01T00:00Z
 * 2        number of texts
 * n times  2 bytes of length, then UTF-8: sort of the principal, their name, purposes
 * …        zeros up to a multiple of 384, so that persons look like credentials
 * </pre>
 *
 * @param principal the sort of principal, as stored in the database
 * @param name of the person or credential
 */
public record LedgerFreeze(
    UUID id, UUID incident, String principal, String name, Set<String> purposes, Instant since) {

  private static final byte FORMAT = 1;
  private static final int HEAD = 1 + 2 * Long.BYTES + Long.BYTES + Short.BYTES;
  private static final int STEP = 384;
  private static final int LONGEST_TEXT = 0xffff;

  byte[] encoded() {
    List<byte[]> texts =
        Stream.concat(Stream.of(principal, name), purposes.stream().sorted())
            .map(LedgerFreeze::bytes)
            .toList();
    int length = HEAD + texts.stream().mapToInt(text -> Short.BYTES + text.length).sum();
    ByteBuffer out = ByteBuffer.allocate((length + STEP - 1) / STEP * STEP);
    out.put(FORMAT)
        .putLong(incident.getMostSignificantBits())
        .putLong(incident.getLeastSignificantBits())
        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, since))
        .putShort((short) texts.size());
    texts.forEach(text -> out.putShort((short) text.length).put(text));
    return out.array();
  }

  private static byte[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST_TEXT) {
      throw new IllegalArgumentException("a text of %d bytes".formatted(bytes.length));
    }
    return bytes;
  }

  /**
   * Reads one.
   *
   * @throws NotGenuine when it is none
   */
  static LedgerFreeze decoded(UUID id, byte[] plain) {
    try {
      ByteBuffer in = ByteBuffer.wrap(plain);
      if (in.get() != FORMAT) {
        throw new NotGenuine("A freeze of an unknown format.");
      }
      UUID incident = new UUID(in.getLong(), in.getLong());
      Instant since = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
      int purposes = Short.toUnsignedInt(in.getShort()) - 2;
      String principal = text(in);
      String name = text(in);
      Set<String> frozen = new TreeSet<>();
      for (int i = 0; i < purposes; i++) {
        frozen.add(text(in));
      }
      return new LedgerFreeze(id, incident, principal, name, frozen, since);
    } catch (BufferUnderflowException e) {
      throw new NotGenuine("A freeze is shorter than it says.", e);
    }
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Without the principal: persons stay out of logs. */
  @Override
  public String toString() {
    return "LedgerFreeze[" + id + "]";
  }
}
