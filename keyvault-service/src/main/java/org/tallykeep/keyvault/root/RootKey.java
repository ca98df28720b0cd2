package org.tallykeep.keyvault.root;

import java.util.List;

/**
 * The key above all others. It wraps branch keys and never leaves its place.
 *
 * <p>What is wrapped under one branch's name opens under that name only, unchanged, and with no
 * other root key. Results come in the order of the requests. Each method is one call to wherever
 * the key lives, however many branch keys it is given. Thread-safe.
 */
public interface RootKey {

  /**
   * Wraps branch keys; leaves the given bytes as they are.
   *
   * @throws RootUnavailable when the root key cannot be used now
   */
  List<byte[]> wrap(List<BranchBytes> keys);

  /**
   * Opens wrapped branch keys; the caller zeroes them.
   *
   * @throws RootUnavailable when the root key cannot be used now
   * @throws RootMismatch when one was not wrapped by this root key under this name
   */
  List<byte[]> unwrap(List<BranchBytes> wrapped);
}
