package org.tallykeep.local.client;

/**
 * A line of NDJSON to send, and what it stands for.
 *
 * @param json one object in UTF-8, without a line end
 * @param origin the caller's own mark, handed back with the answer
 */
public record Row<T>(byte[] json, T origin) {
  @Override
  public String toString() {
    return "Row[" + json.length + " bytes]";
  }
}
