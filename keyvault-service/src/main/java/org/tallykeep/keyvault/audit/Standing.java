package org.tallykeep.keyvault.audit;

import java.sql.Connection;
import java.sql.SQLException;
import org.tallykeep.keyvault.access.Caller;

/** Whether somebody whose role allows something is trusted at the moment. */
public interface Standing {

  /**
   * Returns if they are; throws what they are answered if not.
   *
   * @throws org.tallykeep.platform.problem.Unavailable before the service knows who is
   */
  void require(Caller caller, String action);

  /**
   * By the database, in the transaction that does what they say and after it was done: what commits
   * before they are frozen is found and ended by whoever freezes them.
   */
  void requireStill(Connection connection, String officer) throws SQLException;

  /** By what is known, though it may not be all: for what has to be done before that. */
  void requireSoFar(Caller caller, String action);
}
