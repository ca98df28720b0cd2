package org.tallykeep.keyvault.root;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/**
 * The PKCS#12 file that holds the local root key; made at the first start, readable by its owner.
 */
final class LocalKeyStore {

  private static final String ALIAS = "tallykeep-root-1";
  private static final int KEY_LENGTH = 32;

  /** The local root has a name of its own, the same everywhere: its records carry it. */
  private static final KeyRef NAME =
      new KeyRef(UUID.fromString("8f0c1c1e-0f57-4c06-9f0e-3a5f2a6d7b10"), 1);

  private final Path file;
  private final String password;
  private final SecureRandom random;

  LocalKeyStore(Path file, String password, SecureRandom random) {
    this.file = file.toAbsolutePath();
    this.password = password;
    this.random = random;
  }

  /** Opens the file, or makes it first. */
  SealingKey openOrCreate() {
    try {
      if (!Files.exists(file)) {
        create();
      }
      return open();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "Cannot use the local root key in %s: is it readable, and is tallykeep.root.local.password the one it was made with?"
              .formatted(file),
          e);
    }
  }

  private SealingKey open() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    if (!(store.getKey(ALIAS, password.toCharArray()) instanceof SecretKey key)) {
      throw new GeneralSecurityException("no secret key named " + ALIAS);
    }
    return SealingKey.takeOwnershipOf(NAME, key.getEncoded());
  }

  /** Written whole, then linked into place: of two that start at once the first one's key stays. */
  private void create() throws IOException, GeneralSecurityException {
    Path directory = java.util.Objects.requireNonNull(file.getParent());
    Files.createDirectories(directory);
    Path draft =
        Files.createTempFile(
            directory,
            ".root",
            ".p12",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      write(draft);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another replica was first; its key is the root key.
    } finally {
      Files.delete(draft);
    }
  }

  private void write(Path draft) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    store.setEntry(
        ALIAS,
        new KeyStore.SecretKeyEntry(new SecretKeySpec(key, "AES")),
        new KeyStore.PasswordProtection(password.toCharArray()));
    Arrays.fill(key, (byte) 0);
    try (FileChannel channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
      OutputStream out = Channels.newOutputStream(channel);
      store.store(out, password.toCharArray());
      out.flush();
      channel.force(true);
    }
  }
}
