package org.tallykeep.keyvault.root;

import io.quarkus.vault.client.api.secrets.kv2.VaultSecretsKV2;
import io.quarkus.vault.client.api.secrets.kv2.VaultSecretsKV2UpdateSecretOptions;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A log in Vault's KV engine, version 2: a secret an entry. The policy lets this service create and
 * read, so that not even its own stolen credential overwrites an entry; check-and-set lets one of
 * several writers win.
 */
final class VaultLog implements AppendOnlyLog {

  private static final String FIELD = "entry";
  private static final int ABSENT = 404;

  /** In the metadata of an entry that somebody deleted; there is none of what was never written. */
  private static final String DELETED = "\"deletion_time\"";

  private final Supplier<VaultSecretsKV2> kv;
  private final String name;
  private final VaultCalls calls;

  VaultLog(Supplier<VaultSecretsKV2> kv, String name, VaultCalls calls) {
    this.kv = kv;
    this.name = name;
    this.calls = calls;
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final boolean deleted;

    Refused(int status, String body) {
      super(null, null, false, false);
      this.status = status;
      this.deleted = status == ABSENT && body.contains(DELETED);
    }
  }

  @Override
  public boolean append(long number, byte[] entry) {
    AppendOnlyLog.requireFits(entry);
    var onlyNew = new VaultSecretsKV2UpdateSecretOptions().setCas(0);
    Map<String, Object> data = Map.of(FIELD, Base64.getEncoder().encodeToString(entry));
    try {
      calls.answer(() -> kv.get().updateSecret(path(number), onlyNew, data), Refused::new);
      return true;
    } catch (Refused e) {
      // 400 is the check-and-set, 403 the policy that has no update: both when one is there.
      if (read(number).isPresent()) {
        return false;
      }
      throw VaultCalls.unavailable(e.status);
    }
  }

  @Override
  public Optional<byte[]> read(long number) {
    try {
      Object entry =
          calls.answer(() -> kv.get().readSecret(path(number)), Refused::new).getData().get(FIELD);
      return Optional.of(decoded(String.valueOf(entry)));
    } catch (Refused e) {
      if (e.deleted) {
        // Not lost, and never to be written again: as no bytes it is no entry to any reader.
        return Optional.of(new byte[0]);
      }
      if (e.status == ABSENT) {
        return Optional.empty();
      }
      throw VaultCalls.unavailable(e.status);
    }
  }

  /** What is no Base64 was not written here: as no bytes it is no entry to any reader. */
  private static byte[] decoded(String entry) {
    try {
      return Base64.getDecoder().decode(entry);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private String path(long number) {
    return String.format(Locale.ROOT, "%s/%012d", name, number);
  }
}
