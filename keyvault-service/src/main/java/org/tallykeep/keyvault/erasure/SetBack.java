package org.tallykeep.keyvault.erasure;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.audit.AuditGap;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.KeyEvents;
import org.tallykeep.keyvault.platform.Database;

/**
 * What a database that was set back needs before it serves: the counts of sealed messages went back
 * with it, so nothing more is sealed under the keys they count; and the trail says that it
 * happened.
 */
@Singleton
class SetBack {

  private static final Logger LOG = Logger.getLogger(SetBack.class);

  /** Those whose messages are counted. */
  private static final List<Purpose> COUNTED =
      List.of(Purpose.LEDGER, Purpose.AGGREGATE, Purpose.AUDIT);

  private final AuditGap gap;
  private final Database database;
  private final DatasetKeys datasets;
  private final KeyEvents events;

  SetBack(AuditGap gap, Database database, DatasetKeys datasets, KeyEvents events) {
    this.gap = gap;
    this.database = database;
    this.datasets = datasets;
    this.events = events;
  }

  /** If it was. */
  void mend() {
    if (!gap.isThere()) {
      return;
    }
    LOG.warn("The database was set back: what it counted is not relied on, and the audit says so");
    database.transaction(this::remember);
    for (Purpose purpose : COUNTED) {
      database.transaction(
          connection -> {
            datasets.turnOver(connection, purpose);
            return events.append(connection, KeyEvent.Kind.ROTATED, purpose.label());
          });
    }
    gap.writeDown();
  }

  /** Other parts of this service do not rely on what it counted either. */
  private boolean remember(Connection connection) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT INTO set_back (at) VALUES (clock_timestamp())
            ON CONFLICT (only_one) DO UPDATE SET at = excluded.at
            """)) {
      return upsert.executeUpdate() == 1;
    }
  }
}
