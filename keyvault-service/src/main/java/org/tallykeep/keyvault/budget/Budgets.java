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
    chargeUpTo(connection, account, records, limits -> records);
  }

  /** How much is to be charged when so much may be spent. */
  @FunctionalInterface
  interface Portion {
    long of(Limits limits);
  }

  /** Charges a portion if it fits, else just what is needed. */
  Charged chargeUpTo(Connection connection, Account account, long needed, Portion portion)
      throws SQLException {
    BudgetRepository.Locked locked = repository.lock(connection, account);
    Limits limits = limits(connection, account);
    Spending spending = locked.spending();
    long wanted = Math.max(needed, portion.of(limits));
    Optional<Spending.Excess> excess = spending.spend(locked.now(), wanted, limits);
    if (excess.isPresent() && wanted > needed) {
      wanted = needed;
      excess = spending.spend(locked.now(), needed, limits);
    }
    if (excess.isPresent()) {
      throw new OverBudget(excess.get());
    }
    repository.write(connection, account, spending);
    return new Charged(wanted, limits, locked.now());
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
