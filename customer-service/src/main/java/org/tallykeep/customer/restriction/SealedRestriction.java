package org.tallykeep.customer.restriction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.envelope.SealingKey;

/** What was decided about one customer, for whoever has the key of their mask open. */
public final class SealedRestriction {

  private final RestrictionRow row;

  private SealedRestriction(RestrictionRow row) {
    this.row = row;
  }

  /** Within a transaction that keeps others from sealing the customer anew. */
  public static Optional<SealedRestriction> find(Connection connection, UUID customer)
      throws SQLException {
    return RestrictionRepository.find(connection, List.of(customer)).stream()
        .findFirst()
        .map(SealedRestriction::new);
  }

  public RestrictionView open(SealingKey mask) {
    return RestrictionView.of(row.open(mask));
  }
}
