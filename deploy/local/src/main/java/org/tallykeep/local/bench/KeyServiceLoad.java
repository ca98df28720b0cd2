package org.tallykeep.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.tallykeep.local.CommandFailure;

/** Asks the key service as the customer service would: makes keys, opens them for {@code link}. */
final class KeyServiceLoad {

  static final int BATCH = 1_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] A_KEY = "\"key\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AN_ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CREATE =
      """
      {"kind":"subject","count":1000,"purposes":["identity","contact","link","mask"]}"""
          .getBytes(StandardCharsets.US_ASCII);

  private final Requests requests;
  private final List<String> ids = new ArrayList<>();
  private final List<byte[]> batches = new ArrayList<>();
  private final LongAdder sent = new LongAdder();

  KeyServiceLoad(URI keyService, String token) {
    this.requests = new Requests(keyService, Map.of("Authorization", "Bearer " + token));
  }

  /** Makes so many keys, to be opened later in batches of random ones. */
  void prepare(int keys, Random random) {
    for (int made = 0; made < keys; made += BATCH) {
      for (JsonNode key : parse(post("/v1/keys", CREATE)).path("keys")) {
        ids.add(key.path("id").asText());
      }
    }
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    for (int at = 0; at + BATCH <= shuffled.size(); at += BATCH) {
      batches.add(unwrap(shuffled.subList(at, at + BATCH)));
    }
  }

  /** Opens the keys of one batch; how many those were. */
  int openBatch() {
    int any = ThreadLocalRandom.current().nextInt(batches.size());
    return counted(post("/v1/keys/unwrap", batches.get(any)), A_KEY, BATCH);
  }

  /** Opens one key. */
  void openOne() {
    String any = ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
    counted(post("/v1/keys/unwrap", unwrap(List.of(any))), A_KEY, 1);
  }

  /** Makes a batch of keys; how many those were. */
  int create() {
    return counted(post("/v1/keys", CREATE), AN_ID, BATCH);
  }

  /** How many requests were sent so far. */
  long sent() {
    return sent.sum();
  }

  private byte[] post(String path, byte[] json) {
    sent.increment();
    return requests.post(path, json);
  }

  private static int counted(byte[] answer, byte[] piece, int expected) {
    int found = Requests.count(answer, piece);
    if (found != expected) {
      throw new CommandFailure("an answer held %d keys, not %d".formatted(found, expected));
    }
    return found;
  }

  private static byte[] unwrap(List<String> ids) {
    StringBuilder body = new StringBuilder("{\"purpose\":\"link\",\"keys\":[");
    for (String id : ids) {
      body.append("{\"id\":\"").append(id).append("\",\"version\":1},");
    }
    body.setLength(body.length() - 1);
    return body.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static JsonNode parse(byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new CommandFailure("the key service's answer is no JSON");
    }
  }
}
