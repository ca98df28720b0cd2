package org.tallykeep.analytics.histories;

import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.SealingKey;

/**
 * The two keys this service may have. Handles are shared and closed by whoever lends them a minute
 * later: fetch them for each batch of rows and close none.
 */
interface HistoryKeys {

  /**
   * Opens histories; the version that a record's header names.
   *
   * @throws UnaccountedHistoriesException when there is no such key
   */
  SealingKey aggregate(KeyRef ref);

  /**
   * Authenticates manifests; the version that a manifest names.
   *
   * @throws UnaccountedHistoriesException when there is no such key
   */
  MacKey manifest(KeyRef ref);

  /** The version that is in use now. */
  MacKey currentManifest();
}
