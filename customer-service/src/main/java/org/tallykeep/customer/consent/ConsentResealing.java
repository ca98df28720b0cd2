package org.tallykeep.customer.consent;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.tallykeep.customer.rekey.KeysOfPart;
import org.tallykeep.envelope.KeyRef;

/** A customer's consents under the newer version of their key. */
public final class ConsentResealing {

  private ConsentResealing() {}

  /** Within the transaction that has the customer's row, unless it is done already. */
  public static void reseal(Connection connection, UUID customer, KeyRef newer, KeysOfPart masks)
      throws SQLException {
    for (SealedConsents row : ConsentRepository.find(connection, List.of(customer))) {
      if (row.key().version() < newer.version()) {
        ConsentRepository.replaceKey(connection, row.reseal(newer, masks));
      }
    }
  }
}
