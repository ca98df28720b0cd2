package org.tallykeep.customer.imports;

import jakarta.ws.rs.NotSupportedException;
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

  /**
   * The answers to a body, made as it is read.
   *
   * @throws NotSupportedException if the body is compressed in another way than gzip
   */
  public static StreamingOutput answers(
      BulkImport<?> bulk, InputStream body, @Nullable String contentEncoding) {
    if (!ImportBody.readable(contentEncoding)) {
      throw new NotSupportedException("Content-Encoding");
    }
    if (!AT_ONCE.tryAcquire()) {
      throw new TooManyImports();
    }
    return output -> {
      try {
        answer(bulk, body, output);
      } finally {
        AT_ONCE.release();
      }
    };
  }

  private static void answer(BulkImport<?> bulk, InputStream body, OutputStream output)
      throws IOException {
    AnswerSpool answers = AnswerSpool.to(output);
    try {
      bulk.run(ImportBody.open(body), answers);
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
  private static void drain(InputStream body) {
    try {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The caller is gone, or the rest was cut off: the answer says all there is to say.
    }
  }
}
