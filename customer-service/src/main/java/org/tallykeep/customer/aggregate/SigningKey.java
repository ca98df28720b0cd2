package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.AssociatedData;

/**
 * The key that signs manifests: made once for all replicas, kept sealed under the dataset key
 * {@code ledger}, which a reader of aggregates cannot get.
 */
@Singleton
final class SigningKey {

  private static final String PURPOSE = "ledger";

  private final Transactions transactions;
  private final DatasetRecords records;
  private volatile @Nullable Pair pair;

  private static final byte[] PROBE = "tallykeep signing key".getBytes(StandardCharsets.US_ASCII);

  /** The halves of the key. */
  record Pair(PrivateKey privateKey, PublicKey publicKey) {
    /** Leaves both out. */
    @Override
    public String toString() {
      return "Pair[…]";
    }
  }

  private record Stored(UUID id, byte[] publicKey, byte[] sealed) {}

  SigningKey(Transactions transactions, DatasetRecords records) {
    this.transactions = transactions;
    this.records = records;
  }

  Pair pair() {
    Pair known = pair;
    if (known == null) {
      known = open(loadOrMake());
      pair = known;
    }
    return known;
  }

  private Stored loadOrMake() {
    return transactions.call(
        connection -> {
          List<Stored> stored = load(connection);
          if (stored.isEmpty()) {
            make(connection);
            stored = load(connection);
          }
          return stored.getFirst();
        });
  }

  private static List<Stored> load(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        "SELECT id, public_key, sealed FROM signing_key",
        row ->
            new Stored(
                row.getObject("id", UUID.class),
                row.getBytes("public_key"),
                row.getBytes("sealed")));
  }

  private void make(Connection connection) throws SQLException {
    KeyPair made = generate();
    UUID id = UUID.randomUUID();
    byte[] encoded = made.getPrivate().getEncoded();
    try {
      // Of two replicas that start at once, one makes the key and the other finds it.
      Sql.update(
          connection,
          "INSERT INTO signing_key (id, public_key, sealed) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          id,
          made.getPublic().getEncoded(),
          records.seal(PURPOSE, associatedData(id), encoded));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private Pair open(Stored stored) {
    byte[] encoded = records.open(PURPOSE, associatedData(stored.id), stored.sealed);
    try {
      KeyFactory keys = KeyFactory.getInstance(ShardManifest.SIGNATURE_ALGORITHM);
      PrivateKey key = keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      PublicKey shown = keys.generatePublic(new X509EncodedKeySpec(stored.publicKey));
      requireHalvesFit(key, shown);
      return new Pair(key, shown);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key cannot be read", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** The public half lies open in a column: whoever exchanged it there could sign manifests. */
  private static void requireHalvesFit(PrivateKey key, PublicKey shown)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ShardManifest.SIGNATURE_ALGORITHM);
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(shown);
    signature.update(PROBE);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the stored public half is of another key");
    }
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(ShardManifest.SIGNATURE_ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is part of every JDK", e);
    }
  }

  private static AssociatedData associatedData(UUID id) {
    return AssociatedData.of("signing_key", id, PURPOSE, 1);
  }
}
