package org.tallykeep.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That keys were destroyed.
 *
 * @param id of the receipt
 * @param issuedAt when it was signed; all the keys were destroyed by then
 * @param keys what was destroyed
 * @param ledgerPosition the newest entry of the revocation ledger that is about them
 * @param ledgerHead the hash of that entry and so of all before it, in hexadecimal
 * @param unrecoverableFrom from when on no key exists that opens a copy made before; null when root
 *     and branch keys are not turned over by themselves, so that there is no such date
 */
public record Receipt(
    UUID id,
    Instant issuedAt,
    LedgerEntry.Kind kind,
    List<Key> keys,
    long ledgerPosition,
    String ledgerHead,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant unrecoverableFrom) {

  /**
   * A destroyed key.
   *
   * @param mark 16 bytes in hexadecimal: the first half of HMAC-SHA256(K, kind, key id), which only
   *     the key service can compute
   * @param position the ledger's entry that destroyed it
   */
  public record Key(String mark, LedgerEntry.Mode mode, long position) {}

  public Receipt {
    keys = List.copyOf(keys);
  }
}
