package org.tallykeep.analytics.histories;

import jakarta.inject.Singleton;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.DatasetPurpose;
import org.tallykeep.keyvault.client.KeyNotKnownException;
import org.tallykeep.keyvault.client.KeyVault;

/** Keys lent by the key service to this service's own identity. */
@Singleton
final class KeyServiceKeys implements HistoryKeys {

  private final KeyVault keyVault;

  KeyServiceKeys(KeyVault keyVault) {
    this.keyVault = keyVault;
  }

  @Override
  public SealingKey aggregate(KeyRef ref) {
    try {
      return keyVault.opening(DatasetPurpose.AGGREGATE, ref);
    } catch (KeyNotKnownException e) {
      throw new UnaccountedHistoriesException("a row names a key that does not exist");
    }
  }

  @Override
  public MacKey manifest(KeyRef ref) {
    try {
      return keyVault.manifest(ref);
    } catch (KeyNotKnownException e) {
      throw new UnaccountedHistoriesException("a manifest names a key that does not exist");
    }
  }

  @Override
  public MacKey currentManifest() {
    return keyVault.manifest();
  }
}
