package org.tallykeep.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How far the revocation ledger had come.
 *
 * @param position its newest entry; 0 before the first
 * @param hash of that entry, in hexadecimal
 * @param override the hash of the newest override up to it, in hexadecimal; null when there is none
 */
public record LedgerHead(
    long position,
    String hash,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String override,
    Instant at) {

  /** A hash as it is written here. */
  public static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
