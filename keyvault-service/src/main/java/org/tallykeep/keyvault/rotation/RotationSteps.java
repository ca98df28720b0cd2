package org.tallykeep.keyvault.rotation;

import java.sql.Connection;
import java.sql.SQLException;

/** What a kind of rotation consists of. */
interface RotationSteps {

  /** What it begins with. */
  String first();

  /**
   * Does the step at hand, or a portion of it, in the caller's transaction: what it changes outside
   * the database may be done twice.
   */
  Progress advance(Connection connection, Rotation rotation) throws SQLException;
}
