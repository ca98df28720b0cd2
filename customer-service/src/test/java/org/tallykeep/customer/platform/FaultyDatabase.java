package org.tallykeep.customer.platform;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.tallykeep.local.parts.Database;
import org.tallykeep.local.parts.TestParts;

/** A fresh database on a real PostgreSQL whose connection dies at a step of one's choice. */
public final class FaultyDatabase {

  private static final Set<String> STEPS = Set.of("prepareStatement", "createStatement", "commit");

  private final AtomicInteger stepsLeft = new AtomicInteger(Integer.MAX_VALUE);
  private final Transactions transactions;

  private FaultyDatabase(DataSource real) {
    this.transactions = new Transactions(new FaultySource(real));
  }

  public static FaultyDatabase fresh() {
    Database database = TestParts.get().postgres().newDatabase("customer");
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.username());
    source.setPassword(database.password());
    Flyway.configure().dataSource(source).load().migrate();
    return new FaultyDatabase(source);
  }

  /** Statements and commits fail from the given step on, once; 0 is the next one. */
  public void failAt(int step) {
    stepsLeft.set(step);
  }

  /** Whether the failure that was asked for is still to come. */
  public boolean stillToFail() {
    return stepsLeft.getAndSet(Integer.MAX_VALUE) < Integer.MAX_VALUE / 2;
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

  public int execute(String sql, Object... parameters) {
    return transactions.call(c -> Sql.update(c, sql, parameters));
  }

  private void step() throws SQLException {
    if (stepsLeft.getAndDecrement() == 0) {
      stepsLeft.set(Integer.MAX_VALUE);
      throw new SQLException("the connection died", "08006");
    }
  }

  private Connection faulty(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            FaultyDatabase.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (STEPS.contains(method.getName())) {
                step();
              }
              try {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("commit")) {
                  // Committed, and nobody was told.
                  step();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private final class FaultySource implements DataSource {
    private final DataSource real;

    FaultySource(DataSource real) {
      this.real = real;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return faulty(real.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
      return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
      real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
      real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
      return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
      return real.isWrapperFor(type);
    }
  }
}
