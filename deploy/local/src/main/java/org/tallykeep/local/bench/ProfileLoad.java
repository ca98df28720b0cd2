package org.tallykeep.local.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.sample.SampleJson;
import org.tallykeep.local.stack.StackAccess;
import org.tallykeep.simulator.Retailer;

/** Single requests for customers who are there, and for new ones. */
final class ProfileLoad {

  private static final byte[] REVEALED =
      "\"revealed\":[\"contact\"]".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "\"id\"".getBytes(StandardCharsets.US_ASCII);

  private final Requests steward;
  private final Requests ingest;
  private final Retailer retailer;
  private final List<String> ids;
  private final AtomicInteger next;

  ProfileLoad(StackAccess access, Retailer retailer, int there, List<String> ids) {
    this.steward =
        new Requests(
            access.customerService(),
            Map.of(
                "Authorization",
                "Bearer " + access.token("data-steward"),
                "Purpose",
                "measuring how long this takes"));
    this.ingest =
        new Requests(
            access.customerService(),
            Map.of("Authorization", "Bearer " + access.token(StackAccess.INGEST)));
    this.retailer = retailer;
    this.ids = List.copyOf(ids);
    this.next = new AtomicInteger(there);
  }

  void readOne(RandomGenerator random) {
    String id = ids.get(random.nextInt(ids.size()));
    requireIn(steward.get("/v1/customers/" + id + "?reveal=contact"), REVEALED);
  }

  void searchOne(RandomGenerator random) {
    List<String> emails;
    do {
      emails = retailer.profile(random.nextInt(ids.size())).emails();
    } while (emails.isEmpty());
    byte[] criterion =
        "{\"email\":\"%s\"}".formatted(emails.getFirst()).getBytes(StandardCharsets.UTF_8);
    requireIn(steward.post("/v1/customers/search", criterion), ID);
  }

  /** One customer. */
  int createOne() {
    byte[] profile = SampleJson.of(retailer.profile(next.getAndIncrement()));
    requireIn(ingest.post("/v1/customers", profile), ID);
    return 1;
  }

  private static void requireIn(byte[] answer, byte[] piece) {
    if (Requests.count(answer, piece) == 0) {
      throw new CommandFailure("an answer holds nothing of what was asked for");
    }
  }
}
