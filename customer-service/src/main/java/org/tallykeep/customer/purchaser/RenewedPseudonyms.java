package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.envelope.AssociatedData;

/**
 * What a pseudonym that was read a while ago is called now. Whoever is about to write under one, on
 * either side, asks here within the transaction that holds the index: a pseudonym that was renewed
 * is not to be written anywhere any more.
 */
@Singleton
public final class RenewedPseudonyms {

  private static final String LEDGER = "ledger";

  private final DatasetRecords records;

  /**
   * How many renewals were over when last looked; a smaller number is found out when it is used.
   */
  private volatile long seen;

  RenewedPseudonyms(DatasetRecords records) {
    this.records = records;
  }

  /** To be asked before pseudonyms are read; costs nothing. */
  public long seen() {
    return seen;
  }

  /**
   * The new pseudonyms of those that were renewed.
   *
   * @param since what was {@link #seen} before they were read
   * @throws org.tallykeep.customer.index.Outdated if a renewal has ended since
   */
  public Map<UUID, UUID> current(Connection connection, long since, Collection<UUID> pseudonyms)
      throws SQLException {
    if (pseudonyms.isEmpty()) {
      return Map.of();
    }
    RenewalRepository.Found found = RenewalRepository.find(connection, pseudonyms);
    if (found.over() != since) {
      seen = found.over();
      throw new PseudonymsRenewed();
    }
    return opened(found);
  }

  /** As {@link #current}, for the renewal itself, which ends for nobody before it ends for it. */
  Map<UUID, UUID> whileUnderWay(Connection connection, Collection<UUID> pseudonyms)
      throws SQLException {
    return opened(RenewalRepository.find(connection, pseudonyms));
  }

  private Map<UUID, UUID> opened(RenewalRepository.Found found) {
    Map<UUID, UUID> current = new HashMap<>();
    found.records().forEach((old, value) -> current.put(old, open(old, value)));
    return current;
  }

  byte[] seal(UUID old, UUID renewed) {
    byte[] value =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(renewed.getMostSignificantBits())
            .putLong(renewed.getLeastSignificantBits())
            .array();
    return records.seal(LEDGER, place(old), value);
  }

  private UUID open(UUID old, byte[] sealed) {
    ByteBuffer value = ByteBuffer.wrap(records.open(LEDGER, place(old), sealed));
    return new UUID(value.getLong(), value.getLong());
  }

  private static AssociatedData place(UUID old) {
    return AssociatedData.of("purchaser_renewal", old, "renewed", 1);
  }
}
