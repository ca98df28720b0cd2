package org.tallykeep.keyvault.grant;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.PurposeMatrix;
import org.tallykeep.keyvault.budget.Account;
import org.tallykeep.keyvault.budget.Budgets;
import org.tallykeep.keyvault.budget.OverBudget;
import org.tallykeep.keyvault.freeze.Freezes;
import org.tallykeep.keyvault.freeze.Frozen;
import org.tallykeep.keyvault.freeze.Wish;
import org.tallykeep.keyvault.platform.Database;

/** Gives leave to jobs and counts what they open. */
@Singleton
public final class JobGrants {

  private static final Duration A_DAY = Duration.ofHours(24);

  private final GrantRepository repository;
  private final Budgets budgets;
  private final Freezes freezes;
  private final Database database;
  private final Rules rules;

  /** When things end, and what needs a second officer. */
  @Singleton
  record Rules(GrantConfig config, Clock clock) {}

  JobGrants(
      GrantRepository repository,
      Budgets budgets,
      Freezes freezes,
      Database database,
      Rules rules) {
    this.repository = repository;
    this.budgets = budgets;
    this.freezes = freezes;
    this.database = database;
    this.rules = rules;
  }

  /** What a person asks leave for. */
  public record Submission(
      String job, Set<Purpose> purposes, long maxRecords, Instant notAfter, DecoyRule decoys) {}

  /**
   * Gives leave, and charges the person for all of it.
   *
   * @throws OverBudget when the person's budget does not leave that many records; nothing is given
   * @throws GrantRefused when nothing like it is given
   * @throws Frozen when the person is
   */
  public JobGrant submit(Caller.Person person, Submission wanted) {
    Instant now = rules.clock().instant();
    check(person, wanted, now);
    boolean oneCustomer = PurposeMatrix.isForOneCustomer(person, wanted.purposes());
    return database.transaction(
        connection -> {
          GrantRepository.Alone alone =
              repository.lockAlone(connection, person.subject(), now.minus(A_DAY));
          JobGrant grant = JobGrant.asked(person, wanted, state(wanted, oneCustomer, alone));
          for (Purpose purpose : wanted.purposes().stream().sorted().toList()) {
            freezes.require(connection, wish(grant, purpose));
            budgets.charge(
                connection,
                Account.ofJobs(person.client(), person.subject(), purpose.label()),
                wanted.maxRecords());
          }
          repository.insert(connection, grant, oneCustomer, now);
          return grant;
        });
  }

  /** Many small jobs are a large one, and a record is a key for one purpose. */
  private JobGrant.State state(
      Submission wanted, boolean oneCustomer, GrantRepository.Alone alone) {
    long records = wanted.maxRecords() * wanted.purposes().size();
    boolean large = alone.records() + records > rules.config().secondOfficerAbove();
    boolean many = oneCustomer && alone.forOneCustomer() >= rules.config().forOneCustomerADay();
    return large || many ? JobGrant.State.PENDING : JobGrant.State.ACTIVE;
  }

  private void check(Caller.Person person, Submission wanted, Instant now) {
    if (wanted.purposes().isEmpty() || wanted.maxRecords() < 1) {
      throw GrantRefused.meaningless("Ask for at least one purpose and one record.");
    }
    if (wanted.decoys() == DecoyRule.INCLUDE) {
      throw GrantRefused.meaningless(
          "Decoys are refused or skipped; only keys that are replaced include them.");
    }
    if (!wanted.notAfter().isAfter(now)
        || wanted.notAfter().isAfter(now.plus(rules.config().longest()))) {
      throw GrantRefused.meaningless(
          "notAfter lies in the future, at most %d hours from now."
              .formatted(rules.config().longest().toHours()));
    }
    if (PurposeMatrix.isForOneCustomer(person, wanted.purposes())
        && wanted.maxRecords() > rules.config().forOneCustomer()) {
      throw GrantRefused.meaningless(
          "A privacy officer's grant is for one customer: at most %d records."
              .formatted(rules.config().forOneCustomer()));
    }
  }

  /**
   * A second officer's yes.
   *
   * @throws GrantRefused when there is nothing to approve, or by whoever submitted it
   */
  public JobGrant approve(UUID id, String officer) {
    return database.transaction(
        connection -> {
          JobGrant grant = repository.lock(connection, id).orElseThrow(GrantRefused::unknown);
          if (grant.person().equals(officer)) {
            throw GrantRefused.sameOfficer();
          }
          if (grant.state() != JobGrant.State.PENDING) {
            throw GrantRefused.meaningless("This grant does not wait for anybody.");
          }
          repository.approve(connection, id, officer);
          return repository.lock(connection, id).orElseThrow(GrantRefused::unknown);
        });
  }

  /** Ends a grant; what it did not open stays charged. */
  public JobGrant cancel(UUID id) {
    return database.transaction(
        connection -> {
          repository.cancel(connection, id);
          return repository.lock(connection, id).orElseThrow(GrantRefused::unknown);
        });
  }

  /** Ends all of a person's, in the transaction that freezes them. */
  public void cancelOf(Connection connection, String person) throws SQLException {
    repository.cancelOf(connection, person);
  }

  /** All that a person was ever given: what their jobs opened is theirs. */
  public Set<UUID> of(String person) {
    return database.statement(connection -> repository.of(connection, person));
  }

  /** A grant as it stands. */
  public JobGrant find(UUID id) {
    return database
        .transaction(connection -> repository.lock(connection, id))
        .orElseThrow(GrantRefused::unknown);
  }

  /**
   * Counts so many records as opened by the job.
   *
   * @throws GrantRefused when the grant is not in force for them
   * @throws Frozen when its person or the service's grants are
   */
  public DecoyRule use(UUID id, Caller.Service service, Purpose purpose, long records) {
    return database.transaction(
        connection -> {
          JobGrant grant =
              repository
                  .lock(connection, id)
                  .filter(known -> known.client().equals(service.client()))
                  .filter(known -> known.state() == JobGrant.State.ACTIVE)
                  .filter(known -> known.purposes().contains(purpose))
                  .filter(known -> rules.clock().instant().isBefore(known.notAfter()))
                  .orElseThrow(GrantRefused::notInForce);
          freezes.require(connection, wish(grant, purpose));
          if (!repository.use(connection, grant, purpose, records)) {
            throw GrantRefused.notInForce();
          }
          return grant.decoys();
        });
  }

  private static Wish wish(JobGrant grant, Purpose purpose) {
    return new Wish(grant.client(), Optional.of(grant.person()), purpose.label(), true);
  }
}
