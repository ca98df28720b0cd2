package org.tallykeep.envelope;

import java.security.SecureRandom;

/**
 * Random nonces, drawn from the generator in blocks because each draw costs the same few hundred
 * nanoseconds whatever its size. Not thread-safe: each workbench has its own. A process image that
 * is started twice (a snapshot of a running machine) would use the rest of a block twice.
 */
final class BufferedNonces implements NonceSource {
  private static final int NONCES = 128;

  private final SecureRandom random;
  private final byte[] block = new byte[NONCES * AesGcm.NONCE_LENGTH];
  private int next = block.length;

  BufferedNonces(SecureRandom random) {
    this.random = random;
  }

  @Override
  public void next(byte[] into, int at) {
    if (next == block.length) {
      random.nextBytes(block);
      next = 0;
    }
    System.arraycopy(block, next, into, at, AesGcm.NONCE_LENGTH);
    next += AesGcm.NONCE_LENGTH;
  }
}
