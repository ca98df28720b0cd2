package org.tallykeep.keyvault.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.audit.AuditEvent.Outcome;

/**
 * An event as bytes, before it is sealed. All numbers big-endian.
 *
 * <pre>
 * 1        format, 1
 * 1        outcome: 0 granted, 1 refused, 2 withheld
 * 8        time, microseconds since 1970-01-01T00:00Z
 * 4        records asked for
 * 6 times  a text: length in 2 bytes (65535 for none), UTF-8
 *          (action, purpose, client, person, grant, case id)
 *          zeros up to a multiple of 384
 * 4        number of keys
 * n times  a key: id (16), version (4), released (1)
 *          zeros up to 1, 16, 128 or 1,024 keys
 * </pre>
 *
 * So the length tells neither how many keys were touched nor whether a person asked.
 */
final class AuditBody {

  static final int MOST_KEYS = 1_024;

  /** In characters. */
  static final int LONGEST_TEXT = 1_000;

  private static final byte FORMAT = 1;
  private static final int HEAD_STEP = 384;
  private static final int KEY_SIZE = 2 * Long.BYTES + Integer.BYTES + 1;
  private static final int[] KEY_STEPS = {1, 16, 128, MOST_KEYS};
  private static final int NONE = 0xFFFF;

  private AuditBody() {}

  static byte[] encode(AuditEvent event) {
    List<byte[]> texts = texts(event);
    int head = 2 + Long.BYTES + Integer.BYTES;
    for (byte[] text : texts) {
      head += Short.BYTES + text.length;
    }
    int paddedHead = (head + HEAD_STEP - 1) / HEAD_STEP * HEAD_STEP;
    ByteBuffer out =
        ByteBuffer.allocate(paddedHead + Integer.BYTES + step(event.keys().size()) * KEY_SIZE);
    out.put(FORMAT).put((byte) event.outcome().ordinal());
    out.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.at())).putInt(event.records());
    for (int i = 0; i < texts.size(); i++) {
      out.putShort((short) (isNone(event, i) ? NONE : texts.get(i).length)).put(texts.get(i));
    }
    out.position(paddedHead).putInt(event.keys().size());
    for (AuditedKey key : event.keys()) {
      UUID id = key.ref().id();
      out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
      out.putInt(key.ref().version()).put((byte) (key.released() ? 1 : 0));
    }
    return out.array();
  }

  static AuditEvent decode(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    if (in.get() != FORMAT) {
      throw new IllegalArgumentException("an audit body of an unknown format");
    }
    Outcome outcome = Outcome.values()[in.get()];
    Instant at = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
    int records = in.getInt();
    List<Optional<String>> texts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      texts.add(text(in));
    }
    in.position((in.position() + HEAD_STEP - 1) / HEAD_STEP * HEAD_STEP);
    int count = in.getInt();
    List<AuditedKey> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      KeyRef ref = new KeyRef(new UUID(in.getLong(), in.getLong()), in.getInt());
      keys.add(new AuditedKey(ref, in.get() == 1));
    }
    return new AuditEvent(
        at,
        texts.get(0).orElseThrow(),
        outcome,
        texts.get(1).orElseThrow(),
        texts.get(2).orElseThrow(),
        texts.get(3),
        texts.get(4),
        texts.get(5),
        records,
        keys);
  }

  private static List<byte[]> texts(AuditEvent event) {
    return List.of(
        utf8(event.action()),
        utf8(event.purpose()),
        utf8(event.client()),
        utf8(event.person().orElse("")),
        utf8(event.grant().orElse("")),
        utf8(event.caseId().orElse("")));
  }

  private static boolean isNone(AuditEvent event, int text) {
    return switch (text) {
      case 3 -> event.person().isEmpty();
      case 4 -> event.grant().isEmpty();
      case 5 -> event.caseId().isEmpty();
      default -> false;
    };
  }

  /** Cut where it is too long: what a caller calls itself or its grant must not stop the trail. */
  private static byte[] utf8(String text) {
    String kept = text;
    if (text.length() > LONGEST_TEXT) {
      int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0;
      kept = text.substring(0, LONGEST_TEXT - end) + "…";
    }
    return kept.getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<String> text(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length == NONE) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static int step(int keys) {
    for (int step : KEY_STEPS) {
      if (keys <= step) {
        return step;
      }
    }
    throw new IllegalArgumentException("an audit entry holds at most " + MOST_KEYS + " keys");
  }
}
