package org.tallykeep.customer.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes answers as fast as they are made and hands them on as fast as the caller reads. Many HTTP
 * clients read nothing before they have sent everything; without this, their unread answers would
 * fill the connection, the import would stop, and with it the sending.
 *
 * <p>What is not read yet lies in memory up to a limit and on disk beyond it.
 */
final class AnswerSpool extends OutputStream {

  private static final int IN_MEMORY = 256 * 1024;

  /** The answers to some three million rows. */
  private static final long MOST_ON_DISK = 256L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final OutputStream target;
  private final long mostOnDisk;
  private final long patienceNanos;
  private final Thread copier;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable SpillFile spill;
  private @Nullable IOException failure;
  private boolean complete;

  AnswerSpool(OutputStream target, long mostOnDisk, Duration patience) {
    this.target = target;
    this.mostOnDisk = mostOnDisk;
    this.patienceNanos = patience.toNanos();
    this.copier = Thread.ofVirtual().name("answers").unstarted(this::copy);
  }

  /** A spool that copies to the target, which it flushes and never closes. */
  static AnswerSpool to(OutputStream target) {
    return new AnswerSpool(target, MOST_ON_DISK, PATIENCE).started();
  }

  AnswerSpool started() {
    copier.start();
    return this;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  /**
   * @throws IOException when the caller is gone, or reads nothing while it sends ever more
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      throwFailure();
      if (spilled() == null && memory.size() + length <= IN_MEMORY) {
        memory.write(bytes, offset, length);
      } else {
        if (spill == null) {
          spill = new SpillFile();
        }
        awaitRoom(spill);
        spill.add(bytes, offset, length);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A few bytes compressed can ask for answers without end: then the caller has to read some. */
  private void awaitRoom(SpillFile file) throws IOException {
    long patience = patienceNanos;
    while (file.length() > mostOnDisk && !file.isEmpty()) {
      if (patience <= 0) {
        throw new IOException("the caller does not read the answers");
      }
      try {
        patience = changed.awaitNanos(patience);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("stopped while answering", e);
      }
      throwFailure();
    }
  }

  /**
   * Waits until the caller has got everything.
   *
   * @throws IOException when the caller is gone
   */
  void finish() throws IOException, InterruptedException {
    lock.lock();
    try {
      complete = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    copier.join();
    throwFailure();
  }

  private void throwFailure() throws IOException {
    if (failure != null) {
      throw new IOException("the answers cannot be written any more", failure);
    }
  }

  private @Nullable SpillFile spilled() {
    return spill == null || spill.isEmpty() ? null : spill;
  }

  private void copy() {
    try {
      byte[] next;
      while ((next = next()).length > 0) {
        target.write(next);
        target.flush();
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new IOException(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new IOException(e));
    } finally {
      closeSpill();
    }
  }

  /** What to write next, in the order it came; empty behind the end. */
  private byte[] next() throws IOException, InterruptedException {
    lock.lock();
    try {
      while (memory.size() == 0 && spilled() == null && !complete) {
        changed.await();
      }
      if (memory.size() > 0) {
        // Nothing is added to the memory while something is on disk, so this is the older.
        byte[] bytes = memory.toByteArray();
        memory = new ByteArrayOutputStream();
        return bytes;
      }
      SpillFile file = spilled();
      byte[] taken = file == null ? new byte[0] : file.take(IN_MEMORY);
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void fail(IOException e) {
    lock.lock();
    try {
      failure = e;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void closeSpill() {
    lock.lock();
    try {
      if (spill != null) {
        spill.close();
        spill = null;
      }
    } catch (IOException e) {
      // The file has no name any more; the system frees it with the process at the latest.
    } finally {
      lock.unlock();
    }
  }
}
