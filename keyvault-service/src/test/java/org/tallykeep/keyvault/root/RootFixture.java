package org.tallykeep.keyvault.root;

import java.nio.file.Path;

/** Root keys without the framework. */
public final class RootFixture {

  private RootFixture() {}

  /** A local root key, as each replica that shares the file has it. */
  public static RootKey inFile(Path file) {
    return RootOfTrust.inFiles(file, "a password for this test").rootKey();
  }
}
