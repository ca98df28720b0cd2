package org.tallykeep.customer.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.DatabaseException;

/** Exports whose worker dies at every step there is. */
class ExportResumeTest {

  private final TestExports exports = new TestExports();

  @Test
  void whereverItDiesEveryCustomerIsInTheFileOnce() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 510; i++) {
      rows.append("{\"externalId\":\"h-%d\",\"name\":{\"given\":\"A\"}}\n".formatted(i));
    }
    TestExports.take(exports.customers, rows.toString());
    List<String> all = IntStream.range(0, 510).mapToObj(i -> "h-" + i).toList();

    int died = 0;
    boolean failed = true;
    for (int step = 0; failed; step++) {
      UUID id = exports.submit(TestExports.customers(false, false, false));
      failed = finish(id, step);
      died += failed ? 1 : 0;
      List<String> found = values(exports.file(id), "externalIds");
      assertThat(found).as("died at %d", step).isNotEqualTo(all).hasSize(510);
      assertThat(found).containsExactlyInAnyOrderElementsOf(all);
      assertThat(exports.view(id).rows()).isEqualTo(510);
    }
    assertThat(died).isGreaterThan(20);
  }

  @Test
  void whereverItDiesEveryPurchaseIsInTheFileOnceAlsoPacked() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 2100; i++) {
      rows.append(
          """
          {"eventId":"e-%d","externalId":"h-%d","day":"2017-01-01",\
          "lines":[{"product":"P1","units":1,"amount":"1"}]}
          """
              .formatted(i, i % 50));
    }
    TestExports.take(exports.purchases, rows.toString());
    exports.ledger.closePartition();
    TestExports.take(
        exports.purchases,
        """
        {"eventId":"later","externalId":"h-1","day":"2017-01-01",\
        "lines":[{"product":"P1","units":1,"amount":"1"}]}
        """);
    List<String> all = new ArrayList<>(IntStream.range(0, 2100).mapToObj(i -> "e-" + i).toList());
    all.add("later");

    int died = 0;
    boolean failed = true;
    for (int step = 0; failed; step++) {
      UUID id = exports.submit(TestExports.purchases(false, true, false));
      failed = finish(id, step);
      died += failed ? 1 : 0;
      byte[] file = exports.file(id);
      assertThat(file).hasSize((int) exports.view(id).bytes());
      byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
      assertThat(values(unpacked, "eventId"))
          .as("died at %d", step)
          .containsExactlyInAnyOrderElementsOf(all);
    }
    assertThat(died).isGreaterThan(20);
  }

  /** Makes the file with a death at that step; whether there was one. */
  private boolean finish(UUID id, int step) {
    ExportWorker worker = exports.worker();
    exports.database.failAt(step);
    boolean alive = true;
    for (int turn = 0; turn < 10 && alive; turn++) {
      try {
        alive = worker.takeOne();
      } catch (DatabaseException e) {
        alive = true;
      }
    }
    boolean failed = !exports.database.stillToFail();
    while (!exports.view(id).state().ended()) {
      worker.takeOne();
    }
    return failed;
  }

  private static List<String> values(byte[] ndjson, String field) throws IOException {
    List<String> values = new ArrayList<>();
    for (String line : new String(ndjson, StandardCharsets.UTF_8).split("\n")) {
      var value = new JsonMapper().readTree(line).path(field);
      values.add(value.isArray() ? value.path(0).asText() : value.asText());
    }
    return values;
  }
}
