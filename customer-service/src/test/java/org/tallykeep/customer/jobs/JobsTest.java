package org.tallykeep.customer.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallykeep.customer.jobs.JobRepository.Owner.ANYBODY;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.BrokenStreamException;
import org.tallykeep.customer.imports.ImportBody;
import org.tallykeep.customer.imports.WatchedBody;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.keyvault.client.KeysUnavailable;
import org.tallykeep.platform.problem.Unavailable;

class JobsTest {

  private static final String ROW = "{\"name\":\"a\"}\n";

  private final TestJobs jobs = new TestJobs();
  private final List<Integer> batches = new ArrayList<>();
  private final PlainRows plain = new PlainRows(rows -> batches.add(rows.size()));

  @Test
  void aJobIsTakenAndNothingOfItsBodyIsLeft() throws IOException {
    UUID id = jobs.stage(plain, false, ROW.repeat(2500) + "{\"nome\":1}\n");
    assertThat(jobs.jobs.get(ANYBODY, id).state()).isEqualTo(JobState.WAITING);
    assertThat(jobs.worker(plain).takeOne()).isTrue();
    JobView job = jobs.jobs.get(ANYBODY, id);
    assertThat(job.state()).isEqualTo(JobState.DONE);
    assertThat(job.rows()).isEqualTo(2501);
    assertThat(job.accepted()).isEqualTo(2500);
    assertThat(job.refused()).isOne();
    assertThat(job.bytesDone()).isEqualTo(job.bytesTotal()).isPositive();
    assertThat(batches).containsExactly(1000, 1000, 500);
    assertNothingStaged();
    assertThat(jobs.worker(plain).takeOne()).isFalse();
  }

  @Test
  void whatIsStagedIsSealed() throws IOException {
    jobs.stage(plain, false, "{\"name\":\"Zephyrinus\"}\n");
    assertThat(
            jobs.database.number(
                "SELECT count(*) FROM import_chunk WHERE position('Zephyrinus' IN"
                    + " encode(sealed, 'escape')) > 0"))
        .isZero();
    assertThat(jobs.database.number("SELECT count(*) FROM import_chunk")).isOne();
  }

  @Test
  void gzipIsStagedAsItComesAndADamagedOneKeepsTheRowsBefore() throws IOException {
    byte[] whole = gzip(ROW.repeat(5000));
    UUID good = jobs.stage(plain, false, new ByteArrayInputStream(whole));
    UUID cut =
        jobs.stage(plain, false, new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 4)));
    JobWorker worker = jobs.worker(plain);
    while (worker.takeOne()) {}
    assertThat(jobs.jobs.get(ANYBODY, good).accepted()).isEqualTo(5000);
    assertThat(jobs.jobs.get(ANYBODY, good).bytesTotal()).isEqualTo(whole.length);
    JobView failed = jobs.jobs.get(ANYBODY, cut);
    assertThat(failed.state()).isEqualTo(JobState.FAILED);
    assertThat(failed.accepted()).isEqualTo(5000);
    assertThat(failed.problem())
        .isNotNull()
        .extracting(JobView.JobProblem::type)
        .isEqualTo("urn:tallykeep:problem:gzip-broken");
    assertNothingStaged();
  }

  @Test
  void csvIsToldByItsColumnsAtOnce() throws IOException {
    assertThatThrownBy(() -> jobs.stage(plain, true, "nome\na\n"))
        .isInstanceOf(Refusal.Invalid.class);
    assertThat(jobs.database.number("SELECT count(*) FROM import_job")).isZero();
    UUID id = jobs.stage(plain, true, "name\na\nb,c\n");
    jobs.worker(plain).takeOne();
    assertThat(jobs.jobs.get(ANYBODY, id).accepted()).isOne();
    assertThat(errors(id, true))
        .isEqualTo(
            "line,status,code,field,detail\n3,refused,malformed-csv,,"
                + "\"quotes do not fit, or too many or too few fields\"\n");
  }

  @Test
  void aBodyThatBreaksOffLeavesNoJob() {
    InputStream breaking =
        new SequenceInputStream(
            new ByteArrayInputStream(ROW.repeat(200_000).getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(() -> jobs.stage(plain, false, breaking)).isInstanceOf(IOException.class);
    assertThat(jobs.database.number("SELECT count(*) FROM import_job")).isZero();
    assertNothingStaged();
  }

  @Test
  void whatIsStagedOfAllJobsIsBounded() throws IOException {
    jobs.mostStaged = 2L * ROW.length();
    jobs.stage(plain, false, ROW);
    assertThatThrownBy(() -> jobs.stage(plain, false, ROW.repeat(2)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("too-much-staged");
    jobs.stage(plain, false, ROW);
    JobWorker worker = jobs.worker(plain);
    while (worker.takeOne()) {}
    jobs.stage(plain, false, ROW.repeat(2));
    assertThat(jobs.database.number("SELECT count(*) FROM import_job")).isEqualTo(3);
  }

  @Test
  void aChunkThatIsLostOrExchangedIsNotTakenForTheEnd() throws IOException {
    UUID lost = jobs.stage(plain, false, ROW.repeat(200_000));
    jobs.database.execute("DELETE FROM import_chunk WHERE number = 1");
    UUID exchanged = jobs.stage(plain, false, ROW.repeat(200_000));
    jobs.database.execute(
        """
        UPDATE import_chunk SET sealed = (SELECT sealed FROM import_chunk
                                          WHERE job_id = ? AND number = 0)
        WHERE job_id = ? AND number = 1
        """,
        exchanged,
        exchanged);
    JobWorker worker = jobs.worker(plain);
    while (worker.takeOne()) {}
    assertThat(jobs.job(lost).state()).isEqualTo(JobState.FAILED);
    assertThat(jobs.job(exchanged).state()).isEqualTo(JobState.FAILED);
    assertThat(jobs.job(lost).counts().rows()).isPositive().isLessThan(200_000);
  }

  @Test
  void whatACrashLeftOfAnUploadIsRemovedAfterAnHourAndEndedJobsAfterAMonth() throws IOException {
    UUID ended = jobs.stage(plain, false, ROW);
    jobs.worker(plain).takeOne();
    UUID left = jobs.stage(plain, false, ROW);
    jobs.database.execute("UPDATE import_job SET state = 'uploading' WHERE id = ?", left);
    jobs.now = jobs.now.plus(Duration.ofMinutes(59));
    assertThat(jobs.worker(plain).cleanUp()).isZero();
    jobs.now = jobs.now.plus(Duration.ofMinutes(2));
    assertThat(jobs.worker(plain).cleanUp()).isOne();
    assertNothingStaged();
    assertThat(jobs.job(ended).state()).isEqualTo(JobState.DONE);
    jobs.now = jobs.now.plus(Duration.ofDays(31));
    assertThat(jobs.worker(plain).cleanUp()).isOne();
  }

  @Test
  void theSameRequestAgainIsTheSameJob() throws IOException {
    Optional<byte[]> tag = Optional.of(jobs.repetitions.tag("client", "import 1"));
    Job first = jobs.stage(plain, false, tag, body(ROW));
    Job again = jobs.stage(plain, false, tag, body(ROW));
    assertThat(again.id()).isEqualTo(first.id());
    Optional<byte[]> other = Optional.of(jobs.repetitions.tag("other", "import 1"));
    assertThat(jobs.stage(plain, false, other, body(ROW)).id()).isNotEqualTo(first.id());
    assertThat(jobs.database.number("SELECT count(*) FROM import_job")).isEqualTo(2);
    assertThat(jobs.database.number("SELECT count(*) FROM import_chunk")).isEqualTo(2);
  }

  @Test
  void aJobThatWaitsIsCancelledAtOnceAndOneThatRunsAfterItsBatch() throws IOException {
    UUID waiting = jobs.stage(plain, false, ROW);
    assertThat(jobs.jobs.cancel(ANYBODY, waiting).state()).isEqualTo(JobState.CANCELLED);
    assertThatThrownBy(() -> jobs.jobs.cancel(ANYBODY, waiting))
        .isInstanceOf(Refusal.Conflict.class);
    AtomicLong ran = new AtomicLong();
    List<UUID> running = new ArrayList<>();
    PlainRows cancelling =
        new PlainRows(
            rows -> {
              ran.addAndGet(rows.size());
              assertThat(jobs.jobs.cancel(ANYBODY, running.getFirst()).state())
                  .isEqualTo(JobState.RUNNING);
            });
    running.add(jobs.stage(cancelling, false, ROW.repeat(3000)));
    jobs.worker(cancelling).takeOne();
    JobView job = jobs.jobs.get(ANYBODY, running.getFirst());
    assertThat(job.state()).isEqualTo(JobState.CANCELLED);
    assertThat(job.accepted()).isEqualTo(1000).isEqualTo(ran.get());
    assertNothingStaged();
  }

  @Test
  void whoLostItsLeaseWritesNothingAnyMoreAndNobodyTakesWhatIsHeld() throws IOException {
    List<Boolean> others = new ArrayList<>();
    JobWorker other = jobs.worker(plain);
    PlainRows slow = new PlainRows(rows -> others.add(other.takeOne()));
    UUID id = jobs.stage(plain, false, ROW.repeat(10));
    jobs.worker(Duration.ofMinutes(1), slow).takeOne();
    assertThat(others).containsExactly(false);
    assertThat(jobs.job(id).counts().accepted()).isEqualTo(10);
    others.clear();
    UUID taken = jobs.stage(plain, false, ROW.repeat(10));
    jobs.worker(Duration.ZERO, slow).takeOne();
    assertThat(others).containsExactly(true);
    assertThat(jobs.job(taken).counts().rows()).isEqualTo(10);
    assertThat(jobs.job(taken).state()).isEqualTo(JobState.DONE);
  }

  @Test
  void aJobThatFailsForNoKnownReasonIsGivenUp() throws IOException {
    PlainRows failing =
        new PlainRows(
            rows -> {
              throw new IllegalStateException("a bug");
            });
    UUID id = jobs.stage(plain, false, ROW);
    JobWorker worker = jobs.worker(failing);
    for (int i = 0; i < 5; i++) {
      assertThat(worker.takeOne()).isTrue();
    }
    assertThat(jobs.jobs.get(ANYBODY, id).state()).isEqualTo(JobState.FAILED);
    assertThat(worker.takeOne()).isFalse();
  }

  @Test
  void whoeverWaitsForTheKeyServiceDoesNotUseUpTheTries() throws IOException {
    AtomicLong tries = new AtomicLong();
    PlainRows away =
        new PlainRows(
            rows -> {
              if (tries.incrementAndGet() < 20) {
                throw new KeysUnavailable(Duration.ofSeconds(1), null);
              }
              if (tries.get() == 20) {
                throw new IllegalStateException("once");
              }
            });
    UUID id = jobs.stage(away, false, ROW);
    JobWorker worker = jobs.worker(away);
    while (worker.takeOne()) {}
    assertThat(jobs.job(id).state()).isEqualTo(JobState.DONE);
    assertThat(tries.get()).isEqualTo(21);
  }

  @Test
  void aJobOfWhichWhoeverHasItDiesIsGivenUp() throws IOException {
    UUID id = jobs.stage(plain, false, ROW);
    for (int i = 0; i < 6; i++) {
      jobs.database
          .transactions()
          .call(c -> JobRepository.claim(c, UUID.randomUUID(), Duration.ZERO, jobs.now));
    }
    jobs.worker(plain).takeOne();
    assertThat(jobs.jobs.get(ANYBODY, id).problem())
        .isNotNull()
        .extracting(JobView.JobProblem::type)
        .isEqualTo("urn:tallykeep:problem:given-up");
  }

  @Test
  void aBombCanBeCancelledAndDoesNotLoseItsLease() throws IOException {
    byte[] bomb = gzip("\n".repeat(30_000_000));
    UUID id = jobs.stage(plain, false, new ByteArrayInputStream(bomb));
    jobs.database.execute(
        """
        CREATE FUNCTION cancel_it() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.cancelling := true; RETURN NEW; END'
        """);
    jobs.database.execute(
        """
        CREATE TRIGGER cancel_it BEFORE UPDATE OF leased_until ON import_job FOR EACH ROW
        WHEN (OLD.state = 'running') EXECUTE FUNCTION cancel_it()
        """);

    jobs.worker(plain).takeOne();

    assertThat(jobs.job(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(batches).isEmpty();
  }

  @Test
  void whatUnpacksToMuchMoreThanAnyFileIsNotRead() throws IOException {
    byte[] bomb = gzip("x");
    InputStream watched =
        new WatchedBody(ImportBody.open(new ByteArrayInputStream(bomb)), 0, () -> {});
    assertThatThrownBy(watched::read)
        .isInstanceOf(BrokenStreamException.class)
        .extracting(e -> ((BrokenStreamException) e).reason().code())
        .isEqualTo("unpacks-to-too-much");
  }

  @Test
  void aFileOfWhichNothingCanBeTakenIsNotReadToItsEnd() throws IOException {
    UUID id = jobs.stage(plain, false, "x\n".repeat(50_000));
    jobs.worker(plain).takeOne();
    JobView job = jobs.jobs.get(ANYBODY, id);
    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.rows()).isEqualTo(10_000);
    assertThat(job.problem())
        .isNotNull()
        .extracting(JobView.JobProblem::type)
        .isEqualTo("urn:tallykeep:problem:all-refused");
  }

  @Test
  void oneSenderHasAHundredOpenJobsAndOthersHaveRoom() throws IOException {
    for (int i = 0; i < 100; i++) {
      jobs.stage(plain, false, ROW);
    }
    assertThatThrownBy(() -> jobs.stage(plain, false, ROW))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("too-many-jobs");
    jobs.sender = "another";
    jobs.stage(plain, false, ROW);
  }

  @Test
  void aMachineSeesItsOwnJobsAlone() throws IOException {
    UUID id = jobs.stage(plain, false, ROW);
    var another = new JobRepository.Owner(false, jobs.repetitions.ownerTag("another"));
    var till = new JobRepository.Owner(false, jobs.repetitions.ownerTag("till"));

    assertThat(jobs.jobs.list(another, null, null).jobs()).isEmpty();
    assertThatThrownBy(() -> jobs.jobs.get(another, id)).isInstanceOf(Refusal.NotFound.class);
    assertThatThrownBy(() -> jobs.jobs.cancel(another, id)).isInstanceOf(Refusal.NotFound.class);
    assertThat(jobs.jobs.list(till, null, null).jobs()).hasSize(1);
    assertThat(jobs.jobs.get(till, id).state()).isEqualTo(JobState.WAITING);
  }

  @Test
  void whatIsStagedOpensNoMoreOnceItsKeyIsGone() throws IOException {
    UUID id = jobs.stage(plain, false, ROW);
    jobs.keys.destroyAll();
    jobs.worker(plain).takeOne();
    assertThat(jobs.jobs.get(ANYBODY, id).problem())
        .isNotNull()
        .extracting(JobView.JobProblem::type)
        .isEqualTo("urn:tallykeep:problem:staged-key-gone");
    assertNothingStaged();
  }

  @Test
  void refusalsAreKeptWithoutTheNamesThatCallersMadeUp() throws IOException {
    UUID id = jobs.stage(plain, false, "{\"Lovelace\":1}\n{\"name\":1}\n");
    jobs.worker(plain).takeOne();
    assertThat(errors(id, false))
        .isEqualTo(
            "{\"line\":1,\"status\":\"refused\",\"code\":\"unknown-field\","
                + "\"detail\":\"no such field here: remove it or correct its name\"}\n"
                + "{\"line\":2,\"status\":\"refused\",\"code\":\"wrong-type\",\"field\":\"name\","
                + "\"detail\":\"not of the type that this field has\"}\n");
    assertThat(ErrorDetails.known("lines[2].Ada", Set.of("lines"))).isEqualTo("lines[2]");
    assertThat(ErrorDetails.known("lines[2].amount", Set.of("lines", "amount")))
        .isEqualTo("lines[2].amount");
  }

  @Test
  void jobsArePagedTheNewestFirst() throws IOException {
    List<UUID> newest = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      newest.addFirst(jobs.stage(plain, false, ROW));
      jobs.now = jobs.now.plusSeconds(1);
    }
    List<UUID> read = new ArrayList<>();
    String cursor = null;
    do {
      ImportJobResource.JobList page = jobs.jobs.list(ANYBODY, 2, cursor);
      page.jobs().forEach(job -> read.add(job.id()));
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(read).isEqualTo(newest);
    assertThatThrownBy(() -> jobs.jobs.list(ANYBODY, 2, "nonsense"))
        .isInstanceOf(Refusal.Malformed.class);
    assertThatThrownBy(() -> jobs.jobs.list(ANYBODY, 101, null))
        .isInstanceOf(Refusal.Malformed.class);
  }

  /** A body of 60 MB, of which a few MB are in memory at any time. */
  @Test
  void memoryDoesNotDependOnTheNumberOfRows() throws IOException {
    int rows = 300_000;
    byte[] row = ("{\"name\":\"" + "x".repeat(190) + "\"}\n").getBytes(StandardCharsets.UTF_8);
    AtomicLong most = new AtomicLong();
    AtomicLong batch = new AtomicLong();
    PlainRows measuring =
        new PlainRows(
            taken -> {
              if (batch.incrementAndGet() % 60 == 0) {
                most.accumulateAndGet(used(), Math::max);
              }
            });
    long before = used();
    UUID id =
        jobs.stage(
            measuring,
            false,
            new Repeated(row, rows, () -> most.accumulateAndGet(used(), Math::max)));
    jobs.worker(measuring).takeOne();
    assertThat(jobs.job(id).counts().accepted()).isEqualTo(rows);
    assertThat(most.get() - before).isLessThan(24L << 20);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void assertNothingStaged() {
    assertThat(jobs.database.number("SELECT count(*) FROM import_chunk")).isZero();
    assertThat(jobs.database.number("SELECT count(*) FROM import_job WHERE sealed_key IS NOT NULL"))
        .isZero();
  }

  private String errors(UUID id, boolean csv) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new ErrorExport(jobs.database.transactions()).write(id, csv, output);
    return output.toString(StandardCharsets.UTF_8);
  }

  private static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** The same row again and again, which is nowhere as a whole. */
  private static final class Repeated extends InputStream {
    private final byte[] row;
    private final long length;
    private final Runnable now;
    private long at;

    Repeated(byte[] row, int times, Runnable now) {
      this.row = row;
      this.length = (long) times * row.length;
      this.now = now;
    }

    @Override
    public int read() {
      if (at % (10L << 20) == 0) {
        now.run();
      }
      return at == length ? -1 : row[(int) (at++ % row.length)];
    }
  }
}
