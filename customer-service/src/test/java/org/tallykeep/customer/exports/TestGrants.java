package org.tallykeep.customer.exports;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.tallykeep.keyvault.client.Granted;
import org.tallykeep.keyvault.client.KeysRefused;

/** Grants beneath the key service: counted out, approved and ended by tests. */
final class TestGrants implements Grants {

  private final Map<UUID, Standing> standing = new ConcurrentHashMap<>();
  long secondOfficerAbove = 10_000;
  int cancelled;

  Granted give(long records) {
    UUID id = UUID.randomUUID();
    standing.put(id, records > secondOfficerAbove ? Standing.PENDING : Standing.ACTIVE);
    return new Granted(id, find(id) == Standing.ACTIVE);
  }

  void approve(UUID grant) {
    standing.put(grant, Standing.ACTIVE);
  }

  void endAll() {
    standing.replaceAll((id, was) -> Standing.ENDED);
  }

  /** As the key service refuses keys. */
  void require(UUID grant) {
    if (find(grant) != Standing.ACTIVE) {
      throw new KeysRefused();
    }
  }

  @Override
  public Standing find(UUID grant) {
    return standing.getOrDefault(grant, Standing.ENDED);
  }

  @Override
  public void cancel(UUID grant) {
    cancelled++;
    standing.put(grant, Standing.ENDED);
  }
}
