package org.tallykeep.keyvault.root;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the root key lives. */
@ConfigMapping(prefix = "tallykeep.root")
public interface RootConfig {

  /** In Vault, or for a first look in a local file. */
  @WithDefault("vault")
  Type type();

  /** The name of the key in Vault's transit engine. */
  @WithDefault("tallykeep-root")
  String transitKey();

  /** Where the transit engine is mounted. */
  @WithDefault("transit")
  String transitMount();

  /** The name of the Ed25519 key in Vault's transit engine that signs receipts and checkpoints. */
  @WithDefault("tallykeep-signing")
  String signingKey();

  /** Where the KV engine (version 2) is mounted that holds revocations and checkpoints. */
  @WithDefault("tallykeep")
  String logMount();

  /** How long one call to Vault may take before it counts as hung. */
  @WithDefault("6s")
  Duration timeout();

  /** How often it is looked whether the certificates were replaced that Vault is known by. */
  @WithDefault("30s")
  String trustCheckEvery();

  /** The local root key. */
  Local local();

  /** The implementations. */
  enum Type {
    VAULT,
    LOCAL
  }

  /** A PKCS#12 file, made at the first start. */
  interface Local {
    Optional<Path> keystore();

    Optional<String> password();
  }
}
