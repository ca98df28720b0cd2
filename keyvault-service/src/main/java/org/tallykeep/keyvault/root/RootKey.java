package org.tallykeep.keyvault.root;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;

/**
 * The key above all others. It wraps branch keys and never leaves its place.
 *
 * <p>What is wrapped under one branch's name opens under that name only, unchanged, and with no
 * other root key. Results come in the order of the requests. Each method of wrapping is one call to
 * wherever the key lives, however many branch keys it is given. Thread-safe.
 *
 * <p>It has versions, counted from 1. The newest wraps; those before open what they wrapped until
 * they are retired.
 */
public interface RootKey {

  /**
   * Wraps branch keys under the newest version; leaves the given bytes as they are.
   *
   * @throws RootUnavailable when the root key cannot be used now
   */
  List<byte[]> wrap(List<BranchBytes> keys);

  /**
   * Opens wrapped branch keys; the caller zeroes them.
   *
   * @throws RootUnavailable when the root key cannot be used now
   * @throws RootMismatch when one was not wrapped by this root key under this name, or by a version
   *     that is retired
   */
  List<byte[]> unwrap(List<BranchBytes> wrapped);

  /**
   * The version that wrapped a branch key, as its bytes say: without asking the root, and without
   * proof.
   *
   * @throws RootMismatch when the bytes name none
   */
  int versionOf(byte[] wrapped);

  /**
   * The version that wraps.
   *
   * @throws RootUnavailable when the root key cannot be used now
   */
  int newestVersion();

  /**
   * Since when each version has been there, those that are retired excepted; what the root itself
   * says, whatever became of the database.
   *
   * @throws RootUnavailable when the root key cannot be used now
   */
  NavigableMap<Integer, Instant> madeAt();

  /**
   * Makes a new version, which wraps from now on, and returns it or one still newer.
   *
   * @throws RootUnavailable when the root key cannot be used now; the version may have been made
   */
  int rotate();

  /**
   * Has nothing wrapped under a version before this one again, whoever asks. May be repeated.
   *
   * @throws RootUnavailable when the root key cannot be used now
   */
  void wrapFrom(int version);

  /**
   * Ends all versions before this one: what they wrapped opens never again. May be repeated; {@link
   * #wrapFrom} comes before.
   *
   * @throws RootUnavailable when the root key cannot be used now
   */
  void retireBefore(int version);
}
