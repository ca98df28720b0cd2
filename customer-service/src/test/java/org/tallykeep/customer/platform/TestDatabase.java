package org.tallykeep.customer.platform;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.tallykeep.local.parts.Database;
import org.tallykeep.local.parts.TestParts;

/** A fresh database with the tables of this service, on a real PostgreSQL. */
public final class TestDatabase {

  private final Transactions transactions;

  private TestDatabase(Transactions transactions) {
    this.transactions = transactions;
  }

  public static TestDatabase fresh() {
    Database database = TestParts.get().postgres().newDatabase("customer");
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.username());
    source.setPassword(database.password());
    Flyway.configure().dataSource(source).load().migrate();
    return new TestDatabase(new Transactions(source));
  }

  public Transactions transactions() {
    return transactions;
  }

  public DatasetRecords records(Keys keys) {
    return new DatasetRecords(keys);
  }

  /** The single number that a query gives. */
  public long number(String sql) {
    return transactions.call(c -> Sql.number(c, sql));
  }

  /** The first column of a query, as text. */
  public List<String> texts(String sql) {
    return transactions.call(c -> Sql.query(c, sql, row -> row.getString(1)));
  }

  public void execute(String sql) throws SQLException {
    transactions.run(c -> Sql.update(c, sql));
  }
}
