package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The way from a buyer to the pseudonym under which purchases are kept. */
public interface Purchasers {

  /**
   * The pseudonym of each buyer, in the order given.
   *
   * <p>An external id that nobody has used yet gets an anonymous purchaser, and the same one
   * however many callers meet it at once. A customer id that does not exist gives an empty answer,
   * and so does an external id whose customer was erased. Made for batches of some thousand; runs
   * in transactions of its own, never in the caller's: a purchaser's rows and a customer's rows
   * must not share a transaction.
   */
  List<Optional<UUID>> resolve(List<Buyer> buyers);

  /**
   * How many renewals of everybody's pseudonyms are over; to be asked before buyers are resolved.
   */
  long seen();

  /**
   * What pseudonyms are called now, those of them that were renewed since they were resolved.
   * Within the transaction that is to write under them, after it holds the index.
   *
   * @param seen from before they were resolved
   * @throws org.tallykeep.customer.index.Outdated if a renewal has ended since: nobody knows any
   *     more what became of them
   */
  Map<UUID, UUID> current(Connection connection, long seen, Collection<UUID> purchasers)
      throws SQLException;
}
