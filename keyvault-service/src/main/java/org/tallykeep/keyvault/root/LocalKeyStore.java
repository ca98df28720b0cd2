package org.tallykeep.keyvault.root;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/**
 * The PKCS#12 file that holds the versions of the local root key, an entry each; made at the first
 * start, readable by its owner. Several replicas may share it.
 */
final class LocalKeyStore {

  private static final String ALIAS = "tallykeep-root-";
  private static final Pattern VERSION = Pattern.compile(ALIAS + "([1-9][0-9]{0,8})");
  private static final int KEY_LENGTH = 32;

  /** The local root has a name of its own, the same everywhere: its records carry it. */
  private static final UUID NAME = UUID.fromString("8f0c1c1e-0f57-4c06-9f0e-3a5f2a6d7b10");

  private final OwnersFile file;
  private final String password;
  private final SecureRandom random;

  LocalKeyStore(Path file, String password, SecureRandom random) {
    this.file = new OwnersFile(file.toAbsolutePath());
    this.password = password;
    this.random = random;
  }

  /** Makes the file if there is none, and sees that it opens. */
  LocalKeyStore created() {
    try {
      if (!file.exists()) {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        add(store, 1);
        file.create(out -> store.store(out, password.toCharArray()));
      }
      versions(load()).close();
      return this;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "Cannot use the local root key in %s: is it readable, and is tallykeep.root.local.password the one it was made with?"
              .formatted(file.path()),
          e);
    }
  }

  /** All versions, for the caller to close. */
  LocalVersions open() {
    try {
      return versions(load());
    } catch (IOException | GeneralSecurityException e) {
      throw new RootUnavailable(e);
    }
  }

  /** When each version was put in. */
  NavigableMap<Integer, Instant> madeAt() {
    try {
      KeyStore store = load();
      NavigableMap<Integer, Instant> made = new TreeMap<>();
      for (int version : numbers(store)) {
        made.put(version, store.getCreationDate(ALIAS + version).toInstant());
      }
      return made;
    } catch (IOException | GeneralSecurityException e) {
      throw new RootUnavailable(e);
    }
  }

  void addVersion() {
    change(store -> add(store, Collections.max(numbers(store)) + 1));
  }

  /** The newest stays, whatever is asked for. */
  void removeBefore(int version) {
    change(
        store -> {
          int newest = Collections.max(numbers(store));
          for (int each : numbers(store)) {
            if (each < version && each < newest) {
              store.deleteEntry(ALIAS + each);
            }
          }
        });
  }

  @FunctionalInterface
  private interface Change {
    void on(KeyStore store) throws GeneralSecurityException;
  }

  private void change(Change change) {
    try {
      file.replace(
          out -> {
            // Read under the lock: another replica may have changed it.
            KeyStore store = load();
            change.on(store);
            store.store(out, password.toCharArray());
          });
    } catch (IOException | GeneralSecurityException e) {
      throw new RootUnavailable(e);
    }
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file.path())) {
      store.load(in, password.toCharArray());
    }
    if (numbers(store).isEmpty()) {
      throw new GeneralSecurityException("no secret key named " + ALIAS + "1");
    }
    return store;
  }

  private LocalVersions versions(KeyStore store) throws GeneralSecurityException {
    NavigableMap<Integer, SealingKey> keys = new TreeMap<>();
    for (int version : numbers(store)) {
      if (!(store.getKey(ALIAS + version, password.toCharArray()) instanceof SecretKey key)) {
        throw new GeneralSecurityException("not a secret key: " + ALIAS + version);
      }
      keys.put(version, SealingKey.takeOwnershipOf(new KeyRef(NAME, version), key.getEncoded()));
    }
    return new LocalVersions(keys);
  }

  private static java.util.List<Integer> numbers(KeyStore store) throws GeneralSecurityException {
    return Collections.list(store.aliases()).stream()
        .map(VERSION::matcher)
        .filter(Matcher::matches)
        .map(matched -> Integer.valueOf(matched.group(1)))
        .sorted()
        .toList();
  }

  private void add(KeyStore store, int version) throws GeneralSecurityException {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    store.setEntry(
        ALIAS + version,
        new KeyStore.SecretKeyEntry(new SecretKeySpec(key, "AES")),
        new KeyStore.PasswordProtection(password.toCharArray()));
    Arrays.fill(key, (byte) 0);
  }
}
