package org.tallykeep.customer.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

  private final OutputStream target;
  private final Thread copier;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable SpillFile spill;
  private @Nullable IOException failure;
  private boolean complete;

  private AnswerSpool(OutputStream target) {
    this.target = target;
    this.copier = Thread.ofVirtual().name("answers").unstarted(this::copy);
  }

  /** A spool that copies to the target, which it flushes and never closes. */
  static AnswerSpool to(OutputStream target) {
    AnswerSpool spool = new AnswerSpool(target);
    spool.copier.start();
    return spool;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  /**
   * @throws IOException when the caller is gone
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
        spill.add(bytes, offset, length);
      }
      changed.signal();
    } finally {
      lock.unlock();
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
      changed.signal();
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
      return file == null ? new byte[0] : file.take(IN_MEMORY);
    } finally {
      lock.unlock();
    }
  }

  private void fail(IOException e) {
    lock.lock();
    try {
      failure = e;
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
