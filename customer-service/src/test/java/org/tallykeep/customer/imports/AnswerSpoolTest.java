package org.tallykeep.customer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerSpoolTest {

  @Test
  void whatNobodyReadsYetDoesNotStopTheWriterAndComesInOrder() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    AnswerSpool spool =
        AnswerSpool.to(
            new OutputStream() {
              @Override
              public void write(int octet) {
                throw new AssertionError("one by one");
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                await(reading);
                read.write(bytes, offset, length);
              }
            });
    byte[] all = new byte[5 << 20];
    new Random(1).nextBytes(all);
    for (int at = 0; at < all.length; at += 10_000) {
      spool.write(all, at, Math.min(10_000, all.length - at));
    }
    reading.countDown();
    spool.finish();
    assertThat(read.toByteArray()).isEqualTo(all);
  }

  @Test
  void aReaderThatKeepsUpGetsTheSame() throws Exception {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    AnswerSpool spool = AnswerSpool.to(read);
    byte[] all = new byte[1 << 20];
    new Random(2).nextBytes(all);
    for (int at = 0; at < all.length; at += 4096) {
      spool.write(all, at, 4096);
    }
    spool.write(7);
    spool.finish();
    assertThat(read.size()).isEqualTo(all.length + 1);
  }

  @Test
  void aCallerWhoIsGoneStopsTheImport() {
    AnswerSpool spool =
        AnswerSpool.to(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(
            () -> {
              spool.write(new byte[10]);
              spool.finish();
            })
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> spool.write(new byte[10])).isInstanceOf(IOException.class);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("nobody reads");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
