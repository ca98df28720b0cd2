package org.tallykeep.keyvault.client.transport;

import org.tallykeep.keyvault.client.Caller;
import org.tallykeep.keyvault.client.transport.Wire.Created;
import org.tallykeep.keyvault.client.transport.Wire.DatasetKeys;
import org.tallykeep.keyvault.client.transport.Wire.Granted;
import org.tallykeep.keyvault.client.transport.Wire.Lease;
import org.tallykeep.keyvault.client.transport.Wire.Tags;
import org.tallykeep.keyvault.client.transport.Wire.ToCreate;
import org.tallykeep.keyvault.client.transport.Wire.ToGrant;
import org.tallykeep.keyvault.client.transport.Wire.ToTag;
import org.tallykeep.keyvault.client.transport.Wire.ToUnwrap;
import org.tallykeep.keyvault.client.transport.Wire.Unwrapped;

/**
 * The key service, one method an operation, at most {@link #LARGEST_BATCH} entries each. Fails with
 * a {@link org.tallykeep.platform.problem.Problem} that callers may show.
 */
public interface KeyService {

  int LARGEST_BATCH = 1_000;

  Created create(ToCreate request);

  Unwrapped unwrap(ToUnwrap request, Caller caller);

  Lease lease(String purpose, long messages);

  DatasetKeys datasetKeys(String purpose);

  Tags tags(ToTag request);

  /** Asks leave for a job in a person's name. */
  Granted submit(ToGrant request, Caller.Person person);
}
