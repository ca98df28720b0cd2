package org.tallykeep.keyvault.signing;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.SigningKeys;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.platform.InTurn;
import org.tallykeep.keyvault.root.SigningKey;

/** Signs statements for auditors with the key outside the database. Thread-safe. */
@Singleton
public final class Signing {

  /** A key that is turned over in between makes one signature under a name that was not asked. */
  private static final int TRIES = 3;

  private static final Duration SHOWN_FOR = Duration.ofMinutes(1);

  private final SigningKey key;
  private volatile @Nullable String newest;
  private final InTurn showing = new InTurn();
  private volatile @Nullable Shown shown;

  Signing(SigningKey key) {
    this.key = key;
  }

  private static final class OtherKey extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherKey() {
      super(null, null, false, false);
    }
  }

  /**
   * The statement, signed.
   *
   * @throws org.tallykeep.platform.problem.Unavailable when the signing key cannot be used now
   */
  public <T extends Record> String sign(Statement<T> kind, T statement) {
    for (int i = 1; i < TRIES; i++) {
      try {
        return kind.signed(statement, new Named(newest()));
      } catch (OtherKey e) {
        newest = null;
      }
    }
    return kind.signed(statement, new Named(newest()));
  }

  /** The public halves, as they are now. */
  public SigningKeys keys() {
    return SigningKeys.of(key.publicKeys());
  }

  /** The same for everybody who asks, at most a minute old: nobody makes this service ask more. */
  SigningKeys shown() {
    Shown known = shown;
    return known != null && known.isFresh() ? known.keys() : showing.take(this::shownAnew);
  }

  private SigningKeys shownAnew() {
    Shown known = shown;
    if (known == null || !known.isFresh()) {
      known = new Shown(keys(), System.nanoTime());
      shown = known;
    }
    return known.keys();
  }

  private record Shown(SigningKeys keys, long at) {
    boolean isFresh() {
      return System.nanoTime() - at <= SHOWN_FOR.toNanos();
    }
  }

  private String newest() {
    String known = newest;
    if (known == null) {
      known =
          key.publicKeys().keySet().stream()
              .max(Comparator.comparingInt(String::length).thenComparing(id -> id))
              .orElseThrow(() -> new IllegalStateException("a signing key without a version"));
      newest = known;
    }
    return known;
  }

  private final class Named implements Statement.Signer {

    private final String keyId;

    Named(String keyId) {
      this.keyId = keyId;
    }

    @Override
    public String keyId() {
      return keyId;
    }

    @Override
    public byte[] sign(byte[] message) {
      SigningKey.Signature signature = key.sign(message);
      if (!signature.keyId().equals(keyId)) {
        throw new OtherKey();
      }
      return signature.bytes();
    }
  }
}
