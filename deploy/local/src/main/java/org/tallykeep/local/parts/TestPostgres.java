package org.tallykeep.local.parts;

import java.util.Locale;
import java.util.UUID;

/** PostgreSQL for tests. */
public final class TestPostgres {

  private final Postgres server;

  TestPostgres(Postgres server) {
    this.server = server;
  }

  /** A new, empty database with its own role, called like the argument and a random ending. */
  public Database newDatabase(String name) {
    String ending = UUID.randomUUID().toString().substring(0, 8);
    return server.database(name.toLowerCase(Locale.ROOT) + "_" + ending, Secrets.random());
  }

  public Postgres server() {
    return server;
  }
}
