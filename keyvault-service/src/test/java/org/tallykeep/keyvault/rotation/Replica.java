package org.tallykeep.keyvault.rotation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.dataset.DatasetFixture;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.event.EventFixture;
import org.tallykeep.keyvault.person.PersonFixture;
import org.tallykeep.keyvault.person.PersonKeys;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.root.RootKey;
import org.tallykeep.keyvault.rotation.Rotation.Kind;

/** One instance of the service without the framework: its beans, and its own memory. */
final class Replica {

  final PersonKeys persons;
  final DatasetKeys datasets;
  final Rotations rotations;
  final IndexRotations index;
  final RotationRunner runner;
  final ScheduledRotations scheduled;
  final RotationSchedule schedule;
  final Retirement retirement;
  private final Database database;

  Replica(Database database, RootKey root, Clock clock) {
    this(database, root, clock, new Settings("7d", "7d", Map.of("ledger", "30d")));
  }

  Replica(Database database, RootKey root, Clock clock, RotationConfig config) {
    this.database = database;
    BranchKeys branches = BranchFixture.keys(database, root, clock);
    var repository = new RotationRepository();
    var versions = new RootVersions();
    var rootTurn = BranchFixture.rootTurn(root);
    var due = new DueRotations(repository, config);
    persons = PersonFixture.keys(database, branches);
    datasets = DatasetFixture.keys(database, branches, 1_000_000);
    var events = EventFixture.events(database);
    index = new IndexRotations(database, repository, datasets, events, clock);
    rotations =
        new Rotations(database, repository, new Rotations.Datasets(datasets, events, index), clock);
    runner =
        new RotationRunner(
            database,
            repository,
            new RootSteps(rootTurn, versions, clock),
            new BranchSteps(
                BranchFixture.branchTurn(root), BranchFixture.sweep(branches), events, clock),
            clock);
    scheduled =
        new ScheduledRotations(
            database, repository, due, new ScheduledRotations.Beginning(rotations, runner), clock);
    BackupConfig backup = () -> Duration.ofDays(35);
    schedule = new RotationSchedule(database, repository, due, backup, clock);
    retirement =
        new Retirement(
            database,
            repository,
            new Retirement.Root(versions, rootTurn),
            datasets,
            new Retirement.Timing(clock, backup));
  }

  Rotation start(Kind kind) {
    return rotations.start(kind, runner.stepsOf(kind), "an officer");
  }

  /** Does a step and dies before it is committed; false when there was none. */
  boolean dieInStep() {
    try {
      return database.transaction(this::advanceAndDie);
    } catch (Killed e) {
      return true;
    }
  }

  private boolean advanceAndDie(Connection connection) throws SQLException {
    if (runner.advance(connection, new AtomicReference<>())) {
      throw new Killed();
    }
    return false;
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The settings as a test has them. */
  record Settings(String root, String branches, Map<String, String> datasets)
      implements RotationConfig {

    @Override
    public Cryptoperiod rootEvery() {
      return Cryptoperiod.of(root);
    }

    @Override
    public Cryptoperiod branchesEvery() {
      return Cryptoperiod.of(branches);
    }

    @Override
    public Map<String, Cryptoperiod> datasetsEvery() {
      return datasets.entrySet().stream()
          .collect(
              java.util.stream.Collectors.toMap(
                  Map.Entry::getKey, each -> Cryptoperiod.of(each.getValue())));
    }

    @Override
    public String checkEvery() {
      return "off";
    }

    @Override
    public String retireEvery() {
      return "off";
    }

    @Override
    public String dueEvery() {
      return "off";
    }
  }

  /** The last of a kind. */
  Optional<Rotation> newest(Kind kind) {
    return rotations.newest().stream().filter(each -> each.kind() == kind).findFirst();
  }
}
