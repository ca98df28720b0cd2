package org.tallykeep.customer.imports;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Unavailable;

/** An import over HTTP: what resources return so that rows are answered while others still come. */
public final class ImportExchange {

  /** The media type of bulk input and of the answers to it. */
  public static final String NDJSON = "application/x-ndjson";

  /** The other media type of bulk input. */
  public static final String CSV = "text/csv";

  /** Each holds a thread and up to a batch of rows, however slowly its caller sends. */
  private static final Semaphore AT_ONCE = new Semaphore(8);

  private ImportExchange() {}

  /** All places are taken; the caller comes again. */
  private static final class TooManyImports extends Unavailable {
    private static final long serialVersionUID = 1L;

    TooManyImports() {
      super(
          "too-many-imports",
          "As many imports run as this service takes at once. Send it again in a while.",
          Duration.ofSeconds(5),
          null);
    }
  }

  /** Whether a body of this type is CSV. */
  public static boolean isCsv(MediaType type) {
    return type.isCompatible(MediaType.valueOf(CSV));
  }

  /**
   * The answers to a body, made as it is read.
   *
   * @throws NotSupportedException if the body is compressed in another way than gzip
   * @throws org.tallykeep.customer.platform.Refusal if the body as a whole is not of the format
   */
  public static StreamingOutput answers(
      BulkImport<?> bulk, InputStream body, @Nullable String contentEncoding) throws IOException {
    requireReadable(contentEncoding);
    takePlace();
    BulkImport<?>.Opened opened;
    try {
      opened = opened(bulk, body);
    } catch (Throwable refused) {
      givePlace();
      drain(body);
      throw refused;
    }
    return output -> {
      try {
        answer(opened, body, output);
      } finally {
        givePlace();
      }
    };
  }

  /**
   * @throws NotSupportedException if the body is compressed in another way than gzip
   */
  public static void requireReadable(@Nullable String contentEncoding) {
    if (!ImportBody.readable(contentEncoding)) {
      throw new NotSupportedException("Content-Encoding");
    }
  }

  /**
   * Takes one of the places for bodies of any length, to be given back.
   *
   * @throws Unavailable if all are taken
   */
  public static void takePlace() {
    if (!AT_ONCE.tryAcquire()) {
      throw new TooManyImports();
    }
  }

  /** Gives a place back. */
  public static void givePlace() {
    AT_ONCE.release();
  }

  private static BulkImport<?>.Opened opened(BulkImport<?> bulk, InputStream body)
      throws IOException {
    InputStream rows;
    try {
      rows = ImportBody.open(body);
    } catch (IOException e) {
      // Nothing of it came: told like any other break, behind the rows.
      rows = new Broken(e);
    }
    return bulk.open(rows);
  }

  /** A body that broke off before its first byte. */
  private static final class Broken extends InputStream {
    private final IOException cause;

    Broken(IOException cause) {
      this.cause = cause;
    }

    @Override
    public int read() throws IOException {
      throw cause;
    }
  }

  private static void answer(BulkImport<?>.Opened rows, InputStream body, OutputStream output)
      throws IOException {
    AnswerSpool answers = AnswerSpool.to(output);
    try {
      rows.run(answers);
      drain(body);
    } finally {
      finish(answers);
    }
  }

  private static void finish(AnswerSpool answers) throws IOException {
    try {
      answers.finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while answering", e);
    }
  }

  /** A caller still sending what cannot be read any more would never come to read the answer. */
  public static void drain(InputStream body) {
    try {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The caller is gone, or the rest was cut off: the answer says all there is to say.
    }
  }
}
