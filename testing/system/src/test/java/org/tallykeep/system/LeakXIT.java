package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.system.leak.Haystack;
import org.tallykeep.system.leak.Needle;
import org.tallykeep.system.leak.StolenDatabase;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** Nothing that came in can be found in any table of any database, however it is written. */
@Order(4)
class LeakXIT {

  private static final List<String> SERVICES =
      List.of("customer-service", "analytics-service", "keyvault-service");

  private static final List<String> TEXTS =
      List.of(
          "Zephyrinus",
          "Wollstonecraft-Ödegård",
          "zephyrinus.wollstonecraft@quixotic-mail.example",
          "+14155550137",
          "4155550137",
          "1744 Quagmire Boulevard",
          "Xanadu-on-the-Wold",
          "94999-8877",
          "1951-11-23",
          "leak-household-0815",
          "leak-event-4711-a",
          "leak-event-4711-b",
          "Marzipan-Kürbis No. 7",
          "Konfiserie-Abteilung",
          "Saisonware-Herbst",
          "please ring twice, dog bites");

  private static final List<String> AMOUNTS = List.of("918273.64", "765432.19");

  private static final String CUSTOMER =
      """
      {"externalId":"leak-household-0815","birthDate":"1951-11-23",\
      "name":{"given":"Zephyrinus","family":"Wollstonecraft-Ödegård"},\
      "emails":["zephyrinus.wollstonecraft@quixotic-mail.example"],\
      "phones":["+14155550137"],"addresses":[{"street":"1744 Quagmire Boulevard",\
      "postalCode":"94999-8877","town":"Xanadu-on-the-Wold","region":"CA","country":"US"}]}""";

  private static final Suite SUITE = Suite.get();

  @BeforeAll
  static void aDistinctiveCustomerBuysDistinctiveThings() {
    Retailer retailer = new Retailer(SUITE);
    retailer.bringAll(Retailer.CUSTOMER_IMPORTS, List.of(CUSTOMER));
    retailer.bringAll(
        Retailer.PURCHASE_IMPORTS,
        List.of(purchase("a", AMOUNTS.getFirst()), purchase("b", AMOUNTS.getLast())));
    retailer.awaitAggregated();
    retailer.maintain("close-partition");
    retailer.maintain("mix");
    // The file stays where it is until it expires.
    export(
        retailer,
        """
        {"kind":"purchases","format":"csv","from":"2016-02-29","to":"2016-02-29"}""");
  }

  private static void export(Retailer retailer, String wanted) {
    Client steward = retailer.customerAs("data-steward");
    Reply submitted =
        steward.post("/v1/export-jobs", wanted, Map.of("Purpose", "a look at the file"));
    assertThat(submitted.status()).as(submitted.body()).isEqualTo(202);
    String job = "/v1/export-jobs/" + submitted.json().path("id").asText();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> steward.get(job).json().path("state").asText(), "done"::equals);
    assertThat(steward.get(job + "/file").body()).contains("leak-event-4711-a");
  }

  private static String purchase(String event, String amount) {
    return """
        {"eventId":"leak-event-4711-%s","externalId":"leak-household-0815","day":"2016-02-29",\
        "lines":[{"product":"Marzipan-Kürbis No. 7","category":"Konfiserie-Abteilung",\
        "department":"Saisonware-Herbst","units":1,"amount":"%s"}],\
        "note":"please ring twice, dog bites"}"""
        .formatted(event, amount);
  }

  @Test
  void noTableOfAnyDatabaseShowsAnyOfIt() throws SQLException, IOException {
    Haystack haystack = new Haystack(needles());
    Set<String> found = new TreeSet<>();
    long bytes = 0;
    for (String service : SERVICES) {
      for (Map.Entry<String, byte[]> dump :
          StolenDatabase.dump(SUITE.database(service)).entrySet()) {
        bytes += dump.getValue().length;
        found.addAll(haystack.found(dump.getKey(), dump.getValue()));
      }
    }
    assertThat(bytes).as("bytes searched").isGreaterThan(1_000_000);
    assertThat(found).isEmpty();
  }

  @Test
  void noUploadThatWaitsShowsAnyOfIt() throws SQLException, IOException {
    Retailer retailer = new Retailer(SUITE);
    List<String> rows = new ArrayList<>(List.of(CUSTOMER));
    for (int i = 0; i < 10_000; i++) {
      rows.add("{\"externalId\":\"leak-filler-%d\",\"name\":{\"given\":\"Ada\"}}".formatted(i));
    }
    Reply submitted = retailer.ingest().importLines("/v1/import-jobs?kind=customers", rows);
    assertThat(submitted.status()).as(submitted.body()).isEqualTo(202);
    SUITE.customer().kill();
    Map<String, byte[]> tables = StolenDatabase.dump(SUITE.database("customer-service"));
    SUITE.customer().restart();

    assertThat(tables)
        .anySatisfy(
            (table, bytes) -> {
              assertThat(table).contains("import_chunk");
              assertThat(bytes).as("what waits").hasSizeGreaterThan(10_000);
            });
    Haystack haystack = new Haystack(needles());
    Set<String> found = new TreeSet<>();
    tables.forEach((table, bytes) -> found.addAll(haystack.found(table, bytes)));
    assertThat(found).isEmpty();
    String job = "/v1/import-jobs/" + submitted.json().path("id").asText();
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> retailer.ingest().get(job).json().path("state").asText(), "done"::equals);
  }

  @Test
  void noLogShowsAnyOfIt() {
    Haystack haystack = new Haystack(needles());
    Set<String> found = new TreeSet<>();
    for (String service : SERVICES) {
      found.addAll(haystack.found("log of " + service, SUITE.service(service).log()));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void theSearchFindsWhatIsPlanted() throws SQLException, IOException {
    String value = "Planted-Würzburg-Value";
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    String amount = "918273.64";
    List<String> columns =
        List.of(
            value,
            "before " + Base64.getEncoder().encodeToString(("1" + value).getBytes(UTF_8)),
            Base64.getUrlEncoder().encodeToString(("22" + value + "?").getBytes(UTF_8)),
            HexFormat.of().withUpperCase().formatHex(utf8));
    try (Connection connection = OpenedHistories.connect(SUITE.database("customer-service"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE planted (a text, b text, c text, d text, e bytea, f bytea, g numeric,"
              + " h bigint, i varchar, j text)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO planted VALUES (?,?,?,?,?,?,?,?,?,?)")) {
        for (int i = 0; i < columns.size(); i++) {
          insert.setString(i + 1, columns.get(i));
        }
        insert.setBytes(5, value.getBytes(StandardCharsets.UTF_16LE));
        insert.setBytes(6, value.getBytes(StandardCharsets.UTF_16BE));
        insert.setBigDecimal(7, new java.math.BigDecimal(amount));
        insert.setLong(8, 91_827_364L);
        insert.setString(9, amount);
        insert.setString(10, HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_16LE)));
        insert.execute();
      }
      try {
        Haystack haystack = new Haystack(List.of(Needle.text(value), Needle.amount(amount)));
        Set<String> found = new TreeSet<>();
        StolenDatabase.dump(SUITE.database("customer-service"))
            .forEach((place, dump) -> found.addAll(haystack.found(place, dump)));

        assertThat(found.stream().map(f -> f.substring(f.indexOf('('))))
            .contains(
                "(UTF-8)",
                "(base64 of UTF-8)",
                "(base64url of UTF-8)",
                "(HEX of UTF-8)",
                "(hex of UTF-16LE)",
                "(UTF-16LE)",
                "(UTF-16BE)",
                "(numeric of PostgreSQL)",
                "(long BIG_ENDIAN)",
                "(text UTF-8)");
      } finally {
        statement.execute("DROP TABLE planted");
      }
    }
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private static List<Needle> needles() {
    List<Needle> needles = new ArrayList<>();
    TEXTS.forEach(text -> needles.add(Needle.text(text)));
    AMOUNTS.forEach(amount -> needles.add(Needle.amount(amount)));
    // Both of one day: what is stored is their sum.
    needles.add(Needle.amount("1683705.83"));
    return needles;
  }
}
