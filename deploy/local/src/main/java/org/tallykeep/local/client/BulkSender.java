package org.tallykeep.local.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.CommandFailure;

/**
 * Sends rows in requests of bounded size, a few at a time, and hands back one answer for each.
 *
 * <p>A request whose answers break off is sent again, whole: rows are idempotent by their event id,
 * and a row that was answered already keeps its first answer, so nothing is counted twice. Rows are
 * added by one thread; answers come from others, one at a time.
 */
public final class BulkSender<T> implements AutoCloseable {

  /** Where answers go; never called by two threads at once. */
  public interface Answers<T> {
    void answered(T origin, RowAnswer answer);
  }

  /**
   * How much goes into one request and how many are under way.
   *
   * @param bytes before compression; small enough that a request and its answers fit into the
   *     buffers between the two, since the JDK's client reads no answer before all is sent
   */
  public record Limits(int rows, int bytes, int inFlight) {
    public static Limits ordinary() {
      return new Limits(5_000, 2 << 20, 2);
    }
  }

  private final ServiceClient service;
  private final String path;
  private final Limits limits;
  private final Answers<T> answers;
  private final Semaphore slots;
  private final AtomicReference<@Nullable CommandFailure> failure = new AtomicReference<>();
  private final Object answering = new Object();

  private List<Row<T>> batch = new ArrayList<>();
  private int batchBytes;

  public BulkSender(ServiceClient service, String path, Limits limits, Answers<T> answers) {
    this.service = service;
    this.path = path;
    this.limits = limits;
    this.answers = answers;
    this.slots = new Semaphore(limits.inFlight());
  }

  /**
   * Adds a row; waits while enough requests are under way.
   *
   * @throws CommandFailure when the service refused a whole request or stayed away too long
   */
  public void add(Row<T> row) {
    int bytes = row.json().length + 1;
    if (!batch.isEmpty() && batchBytes + bytes > limits.bytes()) {
      flush();
    }
    batch.add(row);
    batchBytes += bytes;
    if (batch.size() >= limits.rows()) {
      flush();
    }
  }

  /** Sends what is left and waits for the last answer. */
  public void finish() {
    flush();
    slots.acquireUninterruptibly(limits.inFlight());
    slots.release(limits.inFlight());
    throwFailure();
  }

  private void flush() {
    throwFailure();
    if (batch.isEmpty()) {
      return;
    }
    List<Row<T>> rows = batch;
    batch = new ArrayList<>();
    batchBytes = 0;
    slots.acquireUninterruptibly();
    Thread.ofVirtual().name("bulk-request").start(() -> sendAndRelease(rows));
  }

  private void sendAndRelease(List<Row<T>> rows) {
    try {
      if (failure.get() == null) {
        send(rows);
      }
    } catch (CommandFailure e) {
      failure.compareAndSet(null, e);
    } catch (RuntimeException e) {
      failure.compareAndSet(null, new CommandFailure("sending failed: " + e, e));
    } finally {
      slots.release();
    }
  }

  private void send(List<Row<T>> rows) {
    byte[] body = gzip(rows);
    boolean[] answered = new boolean[rows.size()];
    Patience.Clock clock = service.patience().start();
    boolean refreshed = false;
    while (true) {
      int before = count(answered);
      Duration pause = Duration.ZERO;
      CommandFailure ifTimeIsUp;
      try {
        @Nullable Problem problem = attempt(body, rows, answered);
        if (problem == null) {
          return;
        }
        boolean expired = problem.status() == 401 && !refreshed;
        ifTimeIsUp = new CommandFailure(service.name() + " refused: " + problem.sentence());
        if (!problem.temporary() && !expired) {
          throw ifTimeIsUp;
        }
        refreshed |= expired;
        pause = problem.retryAfter();
      } catch (IOException e) {
        ifTimeIsUp = brokenOff(e);
      }
      if (count(answered) > before) {
        clock.progress();
      }
      if (failure.get() != null || !clock.pause(pause)) {
        throw ifTimeIsUp;
      }
    }
  }

  /** One request; null when every row has its answer. */
  private @Nullable Problem attempt(byte[] body, List<Row<T>> rows, boolean[] answered)
      throws IOException {
    HttpRequest.Builder request =
        service
            .request(path)
            .header("Content-Type", "application/x-ndjson")
            .header("Content-Encoding", "gzip")
            .header("Accept", "application/x-ndjson, application/problem+json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    HttpResponse<InputStream> response = service.send(request, BodyHandlers.ofInputStream());
    try (InputStream stream = response.body()) {
      int status = response.statusCode();
      if (status / 100 != 2) {
        String text = new String(stream.readNBytes(1 << 16), StandardCharsets.UTF_8);
        return Problem.of(status, response.headers(), text);
      }
      RowAnswers.read(stream, (answer, index) -> record(rows, answered, answer, index));
    }
    if (count(answered) < rows.size()) {
      throw new IOException("not every row was answered");
    }
    return null;
  }

  private void record(List<Row<T>> rows, boolean[] answered, RowAnswer answer, int index) {
    if (index < 0 || index >= answered.length) {
      throw new CommandFailure(service.name() + " answered a row that was not sent");
    }
    if (!answered[index]) {
      answered[index] = true;
      synchronized (answering) {
        answers.answered(rows.get(index).origin(), answer);
      }
    }
  }

  private CommandFailure brokenOff(IOException e) {
    return new CommandFailure(
        service.away(e).sentence()
            + ". What was answered is kept; run the same command again for the rest: nothing is"
            + " counted twice",
        e);
  }

  private void throwFailure() {
    CommandFailure thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  private static int count(boolean[] answered) {
    int count = 0;
    for (boolean each : answered) {
      count += each ? 1 : 0;
    }
    return count;
  }

  private static byte[] gzip(List<? extends Row<?>> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 1 << 16)) {
      for (Row<?> row : rows) {
        gzip.write(row.json());
        gzip.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Lets requests that are under way end by themselves; nothing new is sent. */
  @Override
  public void close() {
    failure.compareAndSet(null, new CommandFailure("closed"));
  }
}
