package org.tallykeep.keyvault.revocation;

import org.tallykeep.evidence.LedgerEntry.Mode;

/**
 * That a key is destroyed.
 *
 * @param position the ledger's entry that destroyed it
 */
public record Revocation(long position, Mode mode) {

  private static final Mode[] MODES = Mode.values();

  /** In one number, as it is kept in memory; never 0, as positions begin at 1. */
  long packed() {
    return position << Byte.SIZE | mode.ordinal();
  }

  static Revocation unpacked(long packed) {
    return new Revocation(packed >>> Byte.SIZE, MODES[(int) (packed & 0xff)]);
  }
}
