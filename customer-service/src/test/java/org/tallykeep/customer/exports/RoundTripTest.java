package org.tallykeep.customer.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallykeep.customer.profile.ImportsFixture;

/** What is exported is taken again, here and by a service that has nothing. */
class RoundTripTest {

  private static final String CUSTOMERS =
      """
      {"externalIds":["h-1","h-1b"],"name":{"given":"Ada","family":"O'Neil, \\"the\\" Ünique"},"birthDate":"1980-02-03","emails":["ada@example.org","a.b@example.com"],"phones":["+12025550143"],"addresses":[{"street":"1 Elm St, \\"back yard\\"","postalCode":"01234","town":"Springfield","region":"IL","country":"US"}],"locale":"en-US","attributes":{"motto":"=1+1; \\"ever\\""}}
      {"externalId":"h-2","name":{"family":"Stone"}}
      {"name":{"given":"Without","family":"number"},"emails":["w@example.org"]}
      """;

  private static final String PURCHASES =
      """
      {"eventId":"e-1","externalId":"h-1","at":"2017-01-01T11:53:26Z","note":"a \\"note\\",\\nof two lines","lines":[{"product":"P1","category":"C, 1","department":"D","units":2,"amount":"3.98","discount":"0.10"},{"product":"P2","units":0,"amount":"0"}]}
      {"eventId":"e-2","externalId":"h-1b","type":"return","day":"2017-01-05","lines":[{"product":"P1","units":1,"amount":"1.99"}]}
      {"eventId":"e-3","externalId":"h-2","day":"2017-01-02","lines":[{"product":"P3","units":1,"amount":"7"}]}
      {"eventId":"e-4","externalId":"h-2","corrects":"e-3","day":"2017-01-03","lines":[{"product":"P3","units":1,"amount":"8"}]}
      {"eventId":"e-5","externalId":"anonymous","day":"2017-01-02","lines":[{"product":"P4","units":1,"amount":"1"}]}
      {"eventId":"e-6","externalId":"anonymous","corrects":"e-5","day":"2017-01-03"}
      {"eventId":"e-7","externalId":"anonymous","day":"2017-01-09","lines":[{"product":"P4","units":3,"amount":"0.75"}]}
      {"eventId":"e-8","externalId":"let go","day":"2017-01-09","lines":[{"product":"P4","units":3,"amount":"0.75"}]}
      {"eventId":"e-9","externalId":"let go","day":"2017-02-09","lines":[{"product":"P5","units":1,"amount":"9.75"}]}
      """;

  private final TestExports here = new TestExports();
  private final TestExports there = new TestExports();

  @BeforeEach
  void fill() throws IOException {
    for (TestExports each : List.of(here, there)) {
      ImportsFixture.declare(each.database.transactions(), "motto");
    }
    assertThat(TestExports.take(here.customers, CUSTOMERS)).contains("\"accepted\":3");
    assertThat(TestExports.take(here.purchases, PURCHASES)).contains("\"accepted\":9");
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void theSameServiceFindsNothingNew(boolean csv, boolean gzip) throws IOException {
    byte[] purchases = here.export(TestExports.purchases(csv, gzip, false));
    assertThat(TestExports.take(here.purchases, csv, purchases))
        .contains("\"rows\":9", "\"duplicate\":9");
    byte[] customers = here.export(TestExports.customers(csv, gzip, false));
    // Who has no number is somebody new whenever they are sent.
    assertThat(TestExports.take(here.customers, csv, customers))
        .contains("\"accepted\":1", "\"duplicate\":2");
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,true"})
  void anEmptyServiceCountsTheSame(boolean csv, boolean gzip) throws IOException {
    // Nobody knows any more whose the purchases of some buyers are.
    here.database.execute(
        """
        DELETE FROM purchaser_external_id WHERE purchaser_id IN
            (SELECT purchaser_id FROM purchase GROUP BY purchaser_id HAVING count(*) = 2)
        """);
    byte[] customers = here.export(TestExports.customers(csv, gzip, true));
    byte[] purchases = here.export(TestExports.purchases(csv, gzip, true));
    assertThat(TestExports.take(there.purchases, csv, purchases)).contains("\"accepted\":9");
    assertThat(there.counted()).isNotEmpty().isEqualTo(here.counted());
    assertThat(TestExports.take(there.customers, csv, customers)).contains("\"accepted\":3");
    assertThat(sorted(there.export(TestExports.customers(false, false, false))))
        .as("who they are, and under which names purchases come")
        .isEqualTo(sorted(customersAsJson(customers, csv)));
  }

  @Test
  void customersFirstOrPurchasesFirstIsTheSame() throws IOException {
    byte[] customers = here.export(TestExports.customers(false, false, true));
    byte[] purchases = here.export(TestExports.purchases(false, false, true));
    TestExports.take(there.customers, false, customers);
    assertThat(TestExports.take(there.purchases, false, purchases)).contains("\"accepted\":9");
    assertThat(there.counted()).isEqualTo(here.counted());
    assertThat(new String(purchases, StandardCharsets.UTF_8)).doesNotContain("h-1", "h-2");
  }

  @Test
  void whatCsvCannotHoldIsCounted() throws IOException {
    TestExports.take(
        here.customers,
        """
        {"externalId":"a|b","name":{"given":"Bar"}}
        {"externalId":"two","name":{"given":"Two"},"addresses":[{"town":"A"},{"town":"B"}]}
        """);
    var id = here.submit(TestExports.customers(true, false, false));
    while (here.worker().takeOne()) {}
    assertThat(here.view(id).rows()).isEqualTo(5);
    assertThat(here.view(id).incomplete()).isEqualTo(2);
    var whole = here.submit(TestExports.customers(false, false, false));
    while (here.worker().takeOne()) {}
    assertThat(here.view(whole).incomplete()).isZero();
  }

  @Test
  void anExportOfNothingIsAFileOfNothing() throws IOException {
    assertThat(there.export(TestExports.customers(false, false, false))).isEmpty();
    byte[] header = there.export(TestExports.purchases(true, false, false));
    assertThat(new String(header, StandardCharsets.UTF_8))
        .startsWith("eventId,type,")
        .endsWith("\n");
    byte[] packed = there.export(TestExports.purchases(false, true, false));
    assertThat(TestExports.take(there.purchases, false, packed)).contains("\"rows\":0");
  }

  /** The NDJSON that the same export would have been. */
  private byte[] customersAsJson(byte[] customers, boolean csv) throws IOException {
    return csv ? here.export(TestExports.customers(false, false, true)) : customers;
  }

  private static List<String> sorted(byte[] ndjson) {
    return Stream.of(new String(ndjson, StandardCharsets.UTF_8).split("\n")).sorted().toList();
  }
}
