package org.tallykeep.local.parts;

/** A database with the role that owns it. */
public record Database(String jdbcUrl, String username, String password) {

  @Override
  public String toString() {
    return "Database[" + jdbcUrl + ", " + username + "]";
  }
}
