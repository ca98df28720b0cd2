package org.tallykeep.keyvault.budget;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Charges accounts in the database: exactly, and never beyond what they may spend. */
@Singleton
public final class Budgets {

  private final BudgetRepository repository;
  private final BudgetConfig config;

  Budgets(BudgetRepository repository, BudgetConfig config) {
    this.repository = repository;
    this.config = config;
  }

  /** What was charged, and when by the database's clock. */
  record Charged(long records, Limits limits, Instant at) {}

  /**
   * Charges so many records, all or none.
   *
   * @throws OverBudget when they do not fit into every window
   */
  public void charge(Connection connection, Account account, long records) throws SQLException {
    Held held = hold(connection, account);
    held.charge(records);
    held.write(connection);
  }

  /** An account whose lock is held until the transaction ends. */
  Held hold(Connection connection, Account account) throws SQLException {
    BudgetRepository.Locked locked = repository.lock(connection, account);
    return new Held(account, locked, limits(connection, account));
  }

  /** What is spent of one account in one transaction; to be written at its end. */
  final class Held {

    private final Account account;
    private final BudgetRepository.Locked locked;
    private final Limits limits;

    private Held(Account account, BudgetRepository.Locked locked, Limits limits) {
      this.account = account;
      this.locked = locked;
      this.limits = limits;
    }

    Limits limits() {
      return limits;
    }

    Instant at() {
      return locked.now();
    }

    /** As {@link Budgets#charge}. */
    void charge(long records) {
      Optional<Spending.Excess> excess = locked.spending().spend(locked.now(), records, limits);
      if (excess.isPresent()) {
        throw new OverBudget(excess.get());
      }
    }

    void write(Connection connection) throws SQLException {
      repository.write(connection, account, locked.spending());
    }
  }

  /** How much is to be charged when so much may be spent. */
  @FunctionalInterface
  interface Portion {
    long of(Limits limits);
  }

  /** Charges a portion if it fits, else just what is needed. */
  Charged chargeUpTo(Connection connection, Account account, long needed, Portion portion)
      throws SQLException {
    Held held = hold(connection, account);
    long wanted = Math.max(needed, portion.of(held.limits()));
    try {
      held.charge(wanted);
    } catch (OverBudget e) {
      if (wanted == needed) {
        throw e;
      }
      wanted = needed;
      held.charge(needed);
    }
    held.write(connection);
    return new Charged(wanted, held.limits(), held.at());
  }

  /** What an account may spend now: as configured, or as raised. */
  Limits limits(Connection connection, Account account) throws SQLException {
    return repository.raises(connection, account).stream()
        .reduce(configured(account), Limits::orMore);
  }

  /** What an account may spend by the configuration alone. */
  Limits configured(Account account) {
    return Optional.ofNullable(config.limits().get(account.sort()))
        .map(purposes -> purposes.of().get(account.purpose()))
        .map(amounts -> new Limits(amounts.minute(), amounts.hour(), amounts.day()))
        .orElse(Limits.NONE);
  }
}
