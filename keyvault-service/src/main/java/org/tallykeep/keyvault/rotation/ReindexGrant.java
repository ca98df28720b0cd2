package org.tallykeep.keyvault.rotation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.tallykeep.keyvault.access.StandingGrant;

/**
 * What tags are made of is opened for their making anew, decoys included, so that no decoy stops
 * whoever asks on this grant: it is there while a rotation of the index key waits for it, and at no
 * other time.
 */
final class ReindexGrant {

  private ReindexGrant() {}

  /** In the transaction that begins the rotation. */
  static void issue(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO standing_grant (name, client, purpose)
            SELECT ?, 'customer-service', unnest(ARRAY['identity', 'contact', 'tag'])
            ON CONFLICT DO NOTHING
            """)) {
      insert.setString(1, StandingGrant.REINDEX.label());
      insert.executeUpdate();
    }
  }

  /** In the transaction that ends it. */
  static void withdraw(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM standing_grant WHERE name = ?")) {
      delete.setString(1, StandingGrant.REINDEX.label());
      delete.executeUpdate();
    }
  }
}
