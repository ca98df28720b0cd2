package org.tallykeep.envelope;

/** Where fresh nonces come from. */
@FunctionalInterface
interface NonceSource {
  /** Writes {@link AesGcm#NONCE_LENGTH} bytes at {@code at}. */
  void next(byte[] into, int at);
}
