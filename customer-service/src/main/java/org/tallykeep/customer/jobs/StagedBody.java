package org.tallykeep.customer.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tallykeep.customer.platform.Transactions;

/** The body of a job as it was uploaded, one chunk of it in memory. */
final class StagedBody extends InputStream {

  private final Transactions transactions;
  private final Job job;
  private final JobKey key;
  private byte[] chunk = new byte[0];
  private int at;
  private int number;
  private long delivered;

  StagedBody(Transactions transactions, Job job, JobKey key) {
    this.transactions = transactions;
    this.job = job;
    this.key = key;
  }

  /** How many bytes were read. */
  long delivered() {
    return delivered;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == chunk.length && !next()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, target, offset, count);
    at += count;
    delivered += count;
    return count;
  }

  private boolean next() {
    if (delivered == job.bytesTotal()) {
      return false;
    }
    Optional<byte[]> sealed = transactions.call(c -> ChunkRepository.chunk(c, job.id(), number));
    // Who else ended the job removed them; a row that is cut off must not pass for the last.
    chunk = key.open(number, sealed.orElseThrow(() -> new ChunkMissing(number)));
    at = 0;
    number++;
    return true;
  }

  /** Part of what was staged is not there any more. */
  static final class ChunkMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChunkMissing(int number) {
      super("chunk " + number + " of an import is not there");
    }
  }
}
