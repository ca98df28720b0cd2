package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.tallykeep.customer.rekey.KeysOfPart;
import org.tallykeep.envelope.KeyRef;

/** A customer's link under the newer version of their key. */
public final class LinkResealing {

  private LinkResealing() {}

  /** Within the transaction that has the customer's row, unless it is done already. */
  public static void reseal(Connection connection, UUID customer, KeyRef newer, KeysOfPart keys)
      throws SQLException {
    for (Link link : LinkRepository.lock(connection, List.of(customer))) {
      if (link.key().version() < newer.version()) {
        LinkRepository.update(connection, link.reseal(newer, keys));
      }
    }
  }
}
