package org.tallykeep.evidence;

import java.time.Instant;

/**
 * A revocation ledger that lost entries was taken as it is, by two officers.
 *
 * @param position the last entry that is left; 0 when none is
 * @param hash of that entry, in hexadecimal; zeros when none is left
 * @param rememberedPosition the last entry that was remembered
 * @param rememberedHash of that entry
 */
public record LedgerOverride(
    long position, String hash, long rememberedPosition, String rememberedHash, Instant at) {}
