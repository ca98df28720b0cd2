package org.tallykeep.keyvault.branch;

import java.security.SecureRandom;
import java.util.Arrays;
import org.tallykeep.envelope.KeyNotUnwrappedException;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.WrappingKey;

/** Moves a wrapped key from the version of a branch it is under to that branch's newest. */
public final class BranchRewrap {

  private static final SecureRandom RANDOM = new SecureRandom();

  private BranchRewrap() {}

  /**
   * The same key under the newest version; its name is the branch's.
   *
   * <p>A destroyed key's row holds random bytes, which open under nothing: it gets other random
   * bytes of the same length, and so still looks like all others.
   *
   * @param kind the kind that the key was wrapped as
   * @throws StaleBranches when there is no newer version in memory
   */
  public static Rewrapped of(BranchRing ring, Wrapped row, String kind) {
    WrappingKey newest = ring.newest(row.branch().id());
    if (newest.ref().version() <= row.branch().version()) {
      throw new StaleBranches();
    }
    return new Rewrapped(row.ref(), newest.ref(), rewrapped(ring, row, kind, newest));
  }

  /** A wrapped key as stored: its name, its branch's, its bytes. */
  public record Wrapped(KeyRef ref, KeyRef branch, byte[] bytes) {
    @Override
    public String toString() {
      return "Wrapped";
    }
  }

  /** A wrapped key as it is to be stored. */
  public record Rewrapped(KeyRef ref, KeyRef branch, byte[] bytes) {
    @Override
    public String toString() {
      return "Rewrapped";
    }
  }

  private static byte[] rewrapped(BranchRing ring, Wrapped row, String kind, WrappingKey newest) {
    byte[] key;
    try {
      key = ring.get(row.branch()).unwrap(row.ref(), kind, row.bytes());
    } catch (KeyNotUnwrappedException destroyed) {
      byte[] other = new byte[row.bytes().length];
      RANDOM.nextBytes(other);
      return other;
    }
    try {
      return newest.wrap(row.ref(), kind, key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
