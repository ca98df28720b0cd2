package org.tallykeep.keyvault.root;

import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransit;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitDecryptBatchItem;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitDecryptBatchParams;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitDecryptResultBatchItem;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitEncryptBatchItem;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitEncryptBatchParams;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitEncryptResultBatchItem;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitUpdateKeyParams;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tallykeep.envelope.KeyRef;

/**
 * The root key in Vault's transit engine. Through the low-level client, because the comfortable one
 * knows no associated data.
 */
final class VaultRoot implements RootKey {

  private static final byte[] CONTEXT =
      "tallykeep branch key v1".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern VERSION = Pattern.compile("vault:v([1-9][0-9]{0,8}):");

  /** Asked for at each call, so that a service whose Vault is away still starts. */
  private final Supplier<VaultSecretsTransit> transit;

  private final String key;
  private final VaultCalls calls;

  VaultRoot(Supplier<VaultSecretsTransit> transit, String key, VaultCalls calls) {
    this.transit = transit;
    this.key = key;
    this.calls = calls;
  }

  @Override
  public List<byte[]> wrap(List<BranchBytes> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    var params = new VaultSecretsTransitEncryptBatchParams();
    for (BranchBytes each : keys) {
      params.addBatchItem(
          new VaultSecretsTransitEncryptBatchItem()
              .setPlaintext(each.bytes())
              .setAssociatedData(associatedData(each.branch())));
    }
    return call(() -> transit.get().encryptBatch(key, params)).stream()
        .map(VaultSecretsTransitEncryptResultBatchItem::getCiphertext)
        .map(ciphertext -> present(ciphertext).getBytes(StandardCharsets.US_ASCII))
        .toList();
  }

  @Override
  public List<byte[]> unwrap(List<BranchBytes> wrapped) {
    if (wrapped.isEmpty()) {
      return List.of();
    }
    var params = new VaultSecretsTransitDecryptBatchParams();
    for (BranchBytes each : wrapped) {
      params.addBatchItem(
          new VaultSecretsTransitDecryptBatchItem()
              .setCiphertext(new String(each.bytes(), StandardCharsets.US_ASCII))
              .setAssociatedData(associatedData(each.branch())));
    }
    return call(() -> transit.get().decryptBatch(key, params)).stream()
        .map(VaultSecretsTransitDecryptResultBatchItem::getPlaintext)
        .map(VaultRoot::present)
        .toList();
  }

  /** As in {@code vault:v3:…}. */
  @Override
  public int versionOf(byte[] wrapped) {
    Matcher named = VERSION.matcher(new String(wrapped, StandardCharsets.US_ASCII));
    if (!named.lookingAt()) {
      throw new RootMismatch(null);
    }
    return Integer.parseInt(named.group(1));
  }

  @Override
  public int newestVersion() {
    return change(() -> transit.get().readKey(key)).getLatestVersion();
  }

  @Override
  public NavigableMap<Integer, Instant> madeAt() {
    NavigableMap<Integer, Instant> made = new TreeMap<>();
    change(() -> transit.get().readKey(key))
        .getKeys()
        .forEach(
            (version, about) ->
                made.put(Integer.valueOf(version), about.getCreationTime().toInstant()));
    return made;
  }

  @Override
  public int rotate() {
    change(() -> transit.get().rotateKey(key, null));
    return newestVersion();
  }

  @Override
  public void wrapFrom(int version) {
    change(
        () ->
            transit
                .get()
                .updateKey(
                    key,
                    new VaultSecretsTransitUpdateKeyParams().setMinEncryptionVersion(version)));
  }

  @Override
  public void retireBefore(int version) {
    change(
        () ->
            transit
                .get()
                .updateKey(
                    key,
                    new VaultSecretsTransitUpdateKeyParams().setMinDecryptionVersion(version)));
    change(() -> transit.get().trimKey(key, version));
  }

  private static byte[] associatedData(KeyRef branch) {
    return ByteBuffer.allocate(CONTEXT.length + 2 * Long.BYTES + Integer.BYTES)
        .put(CONTEXT)
        .putLong(branch.id().getMostSignificantBits())
        .putLong(branch.id().getLeastSignificantBits())
        .putInt(branch.version())
        .array();
  }

  private static <T> T present(@org.jspecify.annotations.Nullable T item) {
    if (item == null) {
      throw new RootMismatch(null);
    }
    return item;
  }

  private <T> T change(Supplier<CompletionStage<T>> call) {
    return calls.answer(call, VaultCalls::unavailable);
  }

  private <T> T call(Supplier<CompletionStage<T>> call) {
    return calls.answer(call, VaultRoot::refused);
  }

  /** Vault answers 400 for a value that does not open. */
  private static RuntimeException refused(int status) {
    return status == 400 ? new RootMismatch(null) : VaultCalls.unavailable(status);
  }
}
