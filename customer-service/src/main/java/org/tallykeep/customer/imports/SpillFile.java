package org.tallykeep.customer.imports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A queue of bytes on disk, in no directory and under a key that nobody but this object has ever
 * had: answers name new customers in the order of their sign-up. Not thread-safe.
 */
final class SpillFile implements AutoCloseable {

  private static final String CIPHER = "AES/CTR/NoPadding";

  private final FileChannel file;
  private final Cipher encrypt;
  private final Cipher decrypt;
  private long from;
  private long to;

  SpillFile() throws IOException {
    Path path = Files.createTempFile("tallykeep-answers", null);
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    // Where the system allows it, the name is gone at once, whatever becomes of this process.
    Files.deleteIfExists(path);
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    this.encrypt = cipher(Cipher.ENCRYPT_MODE, key);
    this.decrypt = cipher(Cipher.DECRYPT_MODE, key);
  }

  /** How long the file is: what was read is given back once all of it was. */
  long length() {
    return to;
  }

  boolean isEmpty() {
    return from == to;
  }

  void add(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer sealed = ByteBuffer.wrap(encrypt.update(bytes, offset, length));
    while (sealed.hasRemaining()) {
      to += file.write(sealed, to);
    }
  }

  /** The oldest bytes, at most so many. */
  byte[] take(int most) throws IOException {
    ByteBuffer sealed = ByteBuffer.allocate((int) Math.min(most, to - from));
    while (sealed.hasRemaining()) {
      int count = file.read(sealed, from);
      if (count < 0) {
        throw new IOException("the spill file is shorter than it was");
      }
      from += count;
    }
    if (isEmpty()) {
      from = 0;
      to = 0;
    }
    return decrypt.update(sealed.array());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static Cipher cipher(int mode, byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      // Each key is used for one stream, so its start may be the same.
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES is part of every JDK", e);
    }
  }
}
