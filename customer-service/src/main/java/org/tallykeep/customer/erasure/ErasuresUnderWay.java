package org.tallykeep.customer.erasure;

import java.sql.Connection;
import java.sql.SQLException;

/** For whoever must not touch what an erasure is at. */
public final class ErasuresUnderWay {

  private ErasuresUnderWay() {}

  /** Whether something is left to be done of any. */
  public static boolean isAny(Connection connection) throws SQLException {
    return !ErasureRepository.open(connection).isEmpty();
  }
}
