package org.tallykeep.keyvault.signing;

import org.tallykeep.keyvault.root.SigningKey;

/** Signing for tests of other packages. */
public final class SigningFixture {

  private SigningFixture() {}

  public static Signing with(SigningKey key) {
    return new Signing(key);
  }
}
