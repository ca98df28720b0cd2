package org.tallykeep.system.leak;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value that must not be found, in every encoding one can think of.
 *
 * @param what how a failure names it
 * @param encodings its bytes, by the name of the encoding
 */
public record Needle(String what, List<Encoding> encodings) {

  /** One way to write it. */
  public record Encoding(String name, byte[] bytes) {}

  /** A text of at least 8 characters, so that it is not found by chance. */
  public static Needle text(String value) {
    List<Encoding> encodings = new ArrayList<>();
    Set<String> spellings =
        new TreeSet<>(
            List.of(value, value.toLowerCase(Locale.ROOT), value.toUpperCase(Locale.ROOT)));
    for (String spelling : spellings) {
      for (Charset charset :
          List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
        addAll(encodings, charset.name(), spelling.getBytes(charset));
      }
    }
    return new Needle(value, encodings);
  }

  /** An amount of at least eight digits. */
  public static Needle amount(String decimal) {
    long minor = new BigDecimal(decimal).movePointRight(2).longValueExact();
    List<Encoding> encodings = new ArrayList<>();
    for (String text : List.of(decimal, Long.toString(minor))) {
      for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
        addAll(encodings, "text " + charset.name(), text.getBytes(charset));
      }
    }
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      add(encodings, "long " + order, ByteBuffer.allocate(8).order(order).putLong(minor).array());
      add(
          encodings,
          "double " + order,
          ByteBuffer.allocate(8).order(order).putDouble(Double.parseDouble(decimal)).array());
    }
    byte[] cbor = ByteBuffer.allocate(5).put((byte) 0x1a).putInt(Math.toIntExact(minor)).array();
    add(encodings, "cbor", cbor);
    add(encodings, "numeric of PostgreSQL", numeric(new BigDecimal(decimal)));
    return new Needle(decimal, encodings);
  }

  /** The digits in groups of four, as PostgreSQL sends them. */
  private static byte[] numeric(BigDecimal value) {
    String digits = value.setScale(4).unscaledValue().toString();
    String padded = "0".repeat((4 - digits.length() % 4) % 4) + digits;
    ByteBuffer groups = ByteBuffer.allocate(padded.length() / 4 * 2);
    for (int i = 0; i < padded.length(); i += 4) {
      groups.putShort(Short.parseShort(padded.substring(i, i + 4)));
    }
    byte[] all = groups.array();
    int end = all.length;
    while (end >= 2 && all[end - 1] == 0 && all[end - 2] == 0) {
      end -= 2;
    }
    return Arrays.copyOf(all, end);
  }

  private static void addAll(List<Encoding> encodings, String charset, byte[] bytes) {
    add(encodings, charset, bytes);
    add(encodings, "hex of " + charset, ascii(HexFormat.of().formatHex(bytes)));
    add(encodings, "HEX of " + charset, ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
    for (int alignment = 0; alignment < 3; alignment++) {
      add(encodings, "base64 of " + charset, base64(Base64.getEncoder(), bytes, alignment));
      add(encodings, "base64url of " + charset, base64(Base64.getUrlEncoder(), bytes, alignment));
    }
  }

  /** What does not change with the bytes before and behind: the characters at both ends do. */
  private static byte[] base64(Base64.Encoder encoder, byte[] bytes, int alignment) {
    byte[] shifted = new byte[bytes.length + alignment];
    System.arraycopy(bytes, 0, shifted, alignment, bytes.length);
    String text = encoder.withoutPadding().encodeToString(shifted);
    int first = alignment == 0 ? 0 : alignment + 1;
    int end = shifted.length * 8 / 6;
    return ascii(text.substring(first, end));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void add(List<Encoding> encodings, String name, byte[] bytes) {
    if (bytes.length < Haystack.SHORTEST) {
      throw new IllegalArgumentException("Too short to be no chance: " + name);
    }
    encodings.add(new Encoding(name, bytes));
  }
}
