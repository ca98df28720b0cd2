package org.tallykeep.customer.consent;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.envelope.SealingKey;

/** Consents of customers who are just being made, written with them. */
public final class NewConsents {

  private static final int FIRST_REVISION = 1;

  private final List<SealedConsents> rows = new ArrayList<>();

  /** Seals what came with a new customer, if anything did. */
  public void seal(SealingKey mask, UUID customer, ReceivedConsents consents, Recorder recorder) {
    if (!consents.isEmpty()) {
      ConsentHistory history = ConsentHistory.EMPTY.plus(consents, recorder);
      rows.add(SealedConsents.seal(mask, customer, FIRST_REVISION, history));
    }
  }

  /** Writes those of these customers. */
  public void write(Connection connection, Set<UUID> customers) throws SQLException {
    List<SealedConsents> theirs =
        rows.stream().filter(row -> customers.contains(row.customer())).toList();
    if (!theirs.isEmpty()) {
      ConsentRepository.insert(connection, theirs);
    }
  }
}
