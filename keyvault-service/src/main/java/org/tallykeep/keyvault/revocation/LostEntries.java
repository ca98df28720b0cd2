package org.tallykeep.keyvault.revocation;

import java.util.Arrays;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.keyvault.revocation.LedgerRepository.Place;

/**
 * Entries of the ledger that are remembered and lost: all after the one that is left.
 *
 * @param left the last entry that is left; 0 when none is
 * @param remembered the last entry that is remembered
 */
record LostEntries(Place left, Place remembered) {

  /** Whether it is just this that officers have looked at. */
  boolean isThat(String leftHash, String rememberedHash) {
    return LedgerHead.hex(left.head()).equals(leftHash)
        && LedgerHead.hex(remembered.head()).equals(rememberedHash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LostEntries(Place otherLeft, Place otherRemembered)
        && same(left, otherLeft)
        && same(remembered, otherRemembered);
  }

  private static boolean same(Place one, Place other) {
    return one.position() == other.position() && Arrays.equals(one.head(), other.head());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(left.position()) ^ Long.hashCode(remembered.position());
  }
}
