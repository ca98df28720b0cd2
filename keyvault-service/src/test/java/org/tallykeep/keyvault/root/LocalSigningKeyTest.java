package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSigningKeyTest extends SigningContract {

  @TempDir Path directory;
  private SigningKey key;

  @BeforeEach
  void create() {
    key = open("root.p12", "a password for this test");
  }

  @Override
  SigningKey key() {
    return key;
  }

  @Test
  void theNextStartFindsTheSameKey() {
    assertThat(open("root.p12", "a password for this test").publicKeys())
        .isEqualTo(key.publicKeys());
  }

  @Test
  void itOutlivesTheRootVersionItWasSealedUnder() {
    RootOfTrust trust =
        RootOfTrust.inFiles(directory.resolve("root.p12"), "a password for this test");
    for (int i = 0; i < 3; i++) {
      int version = trust.rootKey().rotate();
      trust.rootKey().retireBefore(version);
      trust.rootKey().retireBefore(version);
    }
    assertThat(open("root.p12", "a password for this test").publicKeys())
        .isEqualTo(key.publicKeys());
  }

  @Test
  void anotherRootKeyDoesNotOpenIt() {
    assertThatThrownBy(() -> open("another.p12", "another password"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("signing key");
  }

  private SigningKey open(String file, String password) {
    return RootOfTrust.inFiles(directory.resolve(file), password).signingKey();
  }
}
