package org.tallykeep.customer.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a purchase says, buyer and all, in little memory; compares by value and is never stored. */
record Content(ByteBuffer digest) {

  static Content of(byte[] payload) {
    try {
      return new Content(ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(payload)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
