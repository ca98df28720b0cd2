package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** Bad rows are refused one by one with a reason; the good ones beside them are kept. */
@Order(3)
class BadInputXIT {

  private final Retailer retailer = new Retailer(Suite.get());
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "day   | \"day\":\"1900-01-01\",\"lines\":[{\"product\":\"P\",\"units\":1,\"amount\":\"1.00\"}]",
        "day   | \"day\":\"2100-01-01\",\"lines\":[{\"product\":\"P\",\"units\":1,\"amount\":\"1.00\"}]",
        "day   | \"day\":\"2017-02-30\",\"lines\":[{\"product\":\"P\",\"units\":1,\"amount\":\"1.00\"}]",
        "amount| \"day\":\"2017-02-03\",\"lines\":[{\"product\":\"P\",\"units\":1,\"amount\":\"-1.00\"}]",
        "amount| \"day\":\"2017-02-03\",\"lines\":[{\"product\":\"P\",\"units\":1,\"amount\":\"99999999999999999999\"}]",
        "amount| \"day\":\"2017-02-03\",\"lines\":[{\"product\":\"P\",\"units\":1,\"amount\":\"one\"}]",
        "colour| \"day\":\"2017-02-03\",\"colour\":\"red\",\"lines\":[{\"product\":\"P\",\"units\":1,\"amount\":\"1.00\"}]",
        "note  | \"day\":\"2017-02-03\",\"note\":\"paid with 4111 1111 1111 1111\",\"lines\":[{\"product\":\"P\",\"units\":1,\"amount\":\"1.00\"}]",
      })
  void aBadRowIsRefusedByFieldAndItsNeighboursAreKept(String field, String rest) {
    String id = UUID.randomUUID().toString();
    List<JsonNode> answers =
        retailer.bring(
            Retailer.PURCHASE_IMPORTS,
            List.of(
                good(id + "-before"),
                "{\"eventId\":\"%s\",\"externalId\":\"bad\",%s}".formatted(id, rest),
                good(id + "-after")));

    assertThat(answers)
        .extracting(a -> a.path("status").asText())
        .containsExactly("accepted", "refused", "accepted");
    JsonNode refused = answers.get(1);
    assertThat(refused.path("line").asInt()).isEqualTo(2);
    assertThat(refused.path("field").asText()).contains(field);
    assertThat(refused.path("code").asText()).isNotBlank();
    assertThat(refused.toString()).doesNotContain("4111");
  }

  @Test
  void invalidUtf8IsRefusedAndItsNeighboursAreKept() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes((good("utf8-1-" + run) + "\n").getBytes(StandardCharsets.UTF_8));
    byte[] broken = (good("utf8-2-" + run) + "\n").getBytes(StandardCharsets.UTF_8);
    broken[15] = (byte) 0xC3;
    body.writeBytes(broken);
    body.writeBytes((good("utf8-3-" + run) + "\n").getBytes(StandardCharsets.UTF_8));

    Reply reply =
        retailer.ingest().importBytes(Retailer.PURCHASE_IMPORTS, body.toByteArray(), false);

    assertThat(reply.lines().subList(0, 3))
        .extracting(a -> a.path("status").asText())
        .containsExactly("accepted", "refused", "accepted");
  }

  @Test
  void aTruncatedGzipEndsWithAnErrorAndWhatWasReadIsKept() {
    List<String> rows =
        IntStream.range(0, 5_000).mapToObj(i -> good("cut-" + run + "-" + i)).toList();
    byte[] whole = Client.gzip(String.join("\n", rows) + "\n");
    byte[] cut = Arrays.copyOf(whole, whole.length * 3 / 4);

    Reply reply = retailer.ingest().importBytes(Retailer.PURCHASE_IMPORTS, cut, true);

    List<JsonNode> answers = reply.lines();
    JsonNode error = answers.getLast().path("error");
    assertThat(error.path("type").asText()).startsWith("urn:tallykeep:problem:");
    assertThat(error.path("line").asInt()).isPositive();
    int kept = answers.size() - 1;
    assertThat(kept).isPositive().isLessThan(5_000);

    List<JsonNode> again = retailer.bring(Retailer.PURCHASE_IMPORTS, rows);
    assertThat(again.stream().filter(a -> a.path("status").asText().equals("duplicate")).count())
        .isEqualTo(kept);
    assertThat(again.stream().filter(a -> a.path("status").asText().equals("accepted")).count())
        .isEqualTo(5_000 - kept);
  }

  @Test
  void aLineOfFiftyMegabytesEndsWithAnErrorAndWhatCameBeforeIsKept() {
    String first = good("long-" + run);
    byte[] body =
        Client.gzip(first + "\n{\"eventId\":\"" + "x".repeat(50 << 20) + "\"}\n" + first + "\n");

    Reply reply = retailer.ingest().importBytes(Retailer.PURCHASE_IMPORTS, body, true);

    List<JsonNode> answers = reply.lines();
    assertThat(answers.getFirst().path("status").asText()).isEqualTo("accepted");
    assertThat(answers.getLast().path("error").path("line").asInt()).isEqualTo(2);
    assertThat(status(retailer.bring(Retailer.PURCHASE_IMPORTS, List.of(first)).getFirst()))
        .isEqualTo("duplicate");
  }

  @Test
  void theSameEventWithOtherContentIsAConflictOfThatRow() {
    String id = "twice-" + run;
    String other = good(id).replace("\"1.99\"", "\"2.99\"");
    List<JsonNode> answers =
        retailer.bring(Retailer.PURCHASE_IMPORTS, List.of(good(id), good(id), other));

    assertThat(answers)
        .extracting(BadInputXIT::status)
        .containsExactly("accepted", "duplicate", "conflict");
    assertThat(retailer.ingest().post("/v1/purchases", other).status()).isEqualTo(409);
    assertThat(retailer.ingest().post("/v1/purchases", good(id)).status()).isEqualTo(200);
  }

  @Test
  void aSinglePurchaseThatIsWrongIs422AndMalformedIs400() {
    String wrong = good("single-" + run).replace("2017-02-03", "1900-01-01");
    assertThat(retailer.ingest().post("/v1/purchases", wrong).status()).isEqualTo(422);
    assertThat(retailer.ingest().post("/v1/purchases", "{").status()).isEqualTo(400);
  }

  @Test
  void aCardNumberInAProfileIsRefused() {
    String row =
        """
        {"externalId":"card-%s","name":{"given":"Visa","family":"4111-1111-1111-1111"}}"""
            .formatted(run);
    List<JsonNode> answers = retailer.bring(Retailer.CUSTOMER_IMPORTS, List.of(row));
    assertThat(status(answers.getFirst())).isEqualTo("refused");
    assertThat(answers.getFirst().toString()).doesNotContain("4111");
  }

  private static String status(JsonNode answer) {
    return answer.path("status").asText();
  }

  private static String good(String event) {
    return """
        {"eventId":"%s","externalId":"bad-input","day":"2017-02-03",\
        "lines":[{"product":"P1","units":1,"amount":"1.99"}]}"""
        .formatted(event);
  }
}
