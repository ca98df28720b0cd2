package org.tallykeep.keyvault.budget;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.keyvault.audit.Standing;
import org.tallykeep.keyvault.platform.Database;

/** What security officers do with budgets: look at them, and raise one for a while. */
@Singleton
final class BudgetDesk {

  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration A_DAY = Duration.ofHours(24);

  private final BudgetRepository accounts;
  private final RaiseRepository raises;
  private final Budgets budgets;
  private final Database database;
  private final Rules rules;

  /** What needs a second officer, whom to trust, and the time. */
  @Singleton
  record Rules(BudgetConfig config, Standing standing, Clock clock) {}

  BudgetDesk(
      BudgetRepository accounts,
      RaiseRepository raises,
      Budgets budgets,
      Database database,
      Rules rules) {
    this.accounts = accounts;
    this.raises = raises;
    this.budgets = budgets;
    this.database = database;
    this.rules = rules;
  }

  /** Accounts that spent something, by their names. */
  List<BudgetStatement> statements(Optional<String> client, Optional<String> holder) {
    return database.statement(
        connection -> accounts.statements(connection, client, holder, budgets));
  }

  List<Raise> raises() {
    return database.statement(raises::current);
  }

  /** A raise; in force at once unless it needs a second officer. */
  Raise raise(String officer, Account account, Limits limits, Instant notAfter, String reason) {
    Instant now = rules.clock().instant();
    Limits configured = budgets.configured(account);
    if (configured.equals(Limits.NONE)) {
      throw RaiseRefused.meaningless(
          "This account gets nothing by the configuration; a raise does not change that.");
    }
    if (!notAfter.isAfter(now) || notAfter.isAfter(now.plus(LONGEST))) {
      throw RaiseRefused.meaningless(
          "notAfter lies in the future, at most %d days from now.".formatted(LONGEST.toDays()));
    }
    return database.transaction(
        connection -> {
          List<Limits> alone = raises.lockAlone(connection, account, now.minus(A_DAY));
          boolean waits = needsSecond(limits, configured, alone);
          Raise raise =
              new Raise(
                  UUID.randomUUID(),
                  account,
                  limits,
                  reason,
                  officer,
                  notAfter,
                  waits ? Optional.empty() : Optional.of(officer));
          raises.insert(connection, raise, now);
          rules.standing().requireStill(connection, officer);
          return raise;
        });
  }

  /** Many small raises are a large one, whichever officers give them. */
  private boolean needsSecond(Limits limits, Limits configured, List<Limits> alone) {
    for (Window window : Window.values()) {
      long added = added(limits, configured, window);
      for (Limits raised : alone) {
        added += added(raised, configured, window);
      }
      if (added > (rules.config().secondOfficerAbove() - 1) * configured.over(window)) {
        return true;
      }
    }
    return false;
  }

  private static long added(Limits limits, Limits configured, Window window) {
    return Math.max(0, limits.over(window) - configured.over(window));
  }

  /** Puts a raise in force. */
  Raise approve(UUID id, String officer) {
    return database.transaction(
        connection -> {
          Raise raise = raises.lock(connection, id).orElseThrow(RaiseRefused::unknown);
          if (raise.approvedBy().isPresent()) {
            throw RaiseRefused.meaningless("This raise does not wait for anybody.");
          }
          if (raise.askedBy().equals(officer)) {
            throw RaiseRefused.sameOfficer();
          }
          raises.approve(connection, id, officer);
          rules.standing().requireStill(connection, officer);
          return raises.lock(connection, id).orElseThrow(RaiseRefused::unknown);
        });
  }
}
