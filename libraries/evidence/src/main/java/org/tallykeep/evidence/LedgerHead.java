package org.tallykeep.evidence;

import java.time.Instant;
import java.util.HexFormat;

/**
 * How far the revocation ledger had come.
 *
 * @param position its newest entry; 0 before the first
 * @param hash of that entry, in hexadecimal
 */
public record LedgerHead(long position, String hash, Instant at) {

  /** A hash as it is written here. */
  public static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
