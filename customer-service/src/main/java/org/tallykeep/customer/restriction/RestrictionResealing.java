package org.tallykeep.customer.restriction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.tallykeep.customer.rekey.KeysOfPart;
import org.tallykeep.envelope.KeyRef;

/** A customer's restriction under the newer version of their key. */
public final class RestrictionResealing {

  private RestrictionResealing() {}

  /** Within the transaction that has the customer's row, unless it is done already. */
  public static void reseal(Connection connection, UUID customer, KeyRef newer, KeysOfPart masks)
      throws SQLException {
    for (RestrictionRow row : RestrictionRepository.find(connection, List.of(customer))) {
      if (row.key().version() < newer.version()) {
        RestrictionRepository.write(connection, row.reseal(newer, masks));
      }
    }
  }
}
