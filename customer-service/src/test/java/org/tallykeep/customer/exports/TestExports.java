package org.tallykeep.customer.exports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.aggregate.CountedFixture;
import org.tallykeep.customer.imports.BulkImport;
import org.tallykeep.customer.imports.ImportBody;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.jobs.JobsFixture;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Keys.Personal;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestRetailer;
import org.tallykeep.customer.prediction.DirectoryFixture;
import org.tallykeep.customer.profile.ImportsFixture;
import org.tallykeep.customer.purchaser.LinksFixture;

/** A service with customers, purchases and exports over a real database; leases end at once. */
final class TestExports {

  static final Set<Personal> ALL = Set.of(Personal.IDENTITY, Personal.CONTACT);

  final FaultyDatabase database = FaultyDatabase.fresh();
  final LocalKeys keys = new LocalKeys();
  final TestGrants grants = new TestGrants();
  final LinksFixture links =
      new LinksFixture(
          database.transactions(), keys, IndexFixture.versions(database.transactions(), keys));
  final TestLedger ledger = new TestLedger(database, keys, links.purchasers);
  final ImportKind<?> customers =
      ImportsFixture.customers(database.transactions(), keys, TestRetailer.USUAL);
  final ImportKind<?> purchases = ledger.imports(TestRetailer.USUAL);
  final ExportSecrets secrets =
      new ExportSecrets(
          database.records(keys),
          keys,
          JobsFixture.repetitions(database.transactions(), database.records(keys)),
          new SecureRandom());
  Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
  long mostStaged = 1L << 30;
  private final List<ExportKind> kinds =
      List.of(
          new CustomerExports(ImportsFixture.exports(database.transactions(), keys)),
          new PurchaseExports(
              ledger.exports(TestRetailer.USUAL),
              links.anonymousIds,
              DirectoryFixture.of(links.links),
              links.links,
              database.transactions()));

  TestExports() {
    keys.grantExports(grants::give);
    keys.beforeGranted(grants::require);
  }

  private Surroundings around() {
    return new Surroundings(new Config(mostStaged), () -> now);
  }

  ExportWorker worker() {
    return new ExportWorker(database.transactions(), secrets, kinds, grants, around());
  }

  ExportJobs jobs() {
    return new ExportJobs(database.transactions(), secrets, grants, around());
  }

  ExportFiles files() {
    return new ExportFiles(database.transactions(), jobs(), secrets, grants, around());
  }

  UUID submit(ExportWish wish) {
    return submit(wish, "ada", null);
  }

  UUID submit(ExportWish wish, String person, @org.jspecify.annotations.Nullable String name) {
    return new Submissions(database.transactions(), kinds, keys, secrets, around())
        .take(
            wish,
            new Submissions.Asker(
                person, "client " + person, new Keys.Asking("token", "because of Zephyrinus")),
            name);
  }

  static ExportWish customers(boolean csv, boolean gzip, boolean portable) {
    return new ExportWish(ExportWish.CUSTOMERS, csv, gzip, ALL, ExportWish.DayRange.ALL, portable);
  }

  static ExportWish purchases(boolean csv, boolean gzip, boolean portable) {
    return new ExportWish(
        ExportWish.PURCHASES, csv, gzip, Set.of(), ExportWish.DayRange.ALL, portable);
  }

  /** The file of that wish, made by a worker who lives. */
  byte[] export(ExportWish wish) throws IOException {
    UUID id = submit(wish);
    ExportWorker worker = worker();
    while (worker.takeOne()) {}
    return file(id);
  }

  byte[] file(UUID id) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ExportFiles files = files();
    files.write(files.require(id, "ada"), bytes);
    return bytes.toByteArray();
  }

  ExportJobView view(UUID id) {
    return jobs().get(id, "ada");
  }

  /** What became of the rows: the last line of the answers. */
  static String take(ImportKind<?> kind, boolean csv, byte[] body) throws IOException {
    String answers = answers(kind, csv, body).stripTrailing();
    return answers.substring(answers.lastIndexOf('\n') + 1);
  }

  static String take(ImportKind<?> kind, String rows) throws IOException {
    return take(kind, false, rows.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> String answers(ImportKind<T> kind, boolean csv, byte[] body)
      throws IOException {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    new BulkImport<T>(kind.format(csv), rows -> kind.take(rows, NewIds.RANDOM, "till"))
        .run(ImportBody.open(new ByteArrayInputStream(body)), answers);
    return answers.toString(StandardCharsets.UTF_8);
  }

  /** All that is counted here. */
  List<String> counted() {
    return CountedFixture.counted(database, keys, ledger.events());
  }

  private record Config(long mostStaged) implements ExportConfig {
    @Override
    public String checkEvery() {
      return "off";
    }

    @Override
    public Duration lease() {
      return Duration.ZERO;
    }

    @Override
    public Duration pause() {
      return Duration.ZERO;
    }

    @Override
    public Duration keepFile() {
      return Duration.ofHours(24);
    }

    @Override
    public Duration grantFor() {
      return Duration.ofHours(23);
    }

    @Override
    public Duration keep() {
      return Duration.ofDays(30);
    }
  }
}
