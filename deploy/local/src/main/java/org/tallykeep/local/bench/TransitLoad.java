package org.tallykeep.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.tallykeep.local.CommandFailure;

/**
 * What one would do without a key service: Vault's transit engine opens every key itself, each with
 * its name as associated data. The measure to compare with.
 */
final class TransitLoad {

  static final int BATCH = 1_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY = "bench";
  private static final byte[] A_PLAINTEXT = "\"plaintext\":\"".getBytes(StandardCharsets.US_ASCII);

  private final Requests requests;
  private final List<byte[]> batches = new ArrayList<>();
  private final List<byte[]> singles = new ArrayList<>();

  TransitLoad(URI vault, String token) {
    this.requests = new Requests(vault, Map.of("X-Vault-Token", token));
  }

  /** Wraps as many keys as will be opened, in batches. */
  void prepare(int keys, Random random) {
    requests.post(
        "/v1/transit/keys/" + KEY,
        object().put("type", "aes256-gcm96").toString().getBytes(StandardCharsets.US_ASCII));
    for (int made = 0; made < keys; made += BATCH) {
      ArrayNode plain = JSON.createArrayNode();
      for (int i = 0; i < BATCH; i++) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        plain.add(named().put("plaintext", base64(key)));
      }
      JsonNode wrapped = parse(requests.post("/v1/transit/encrypt/" + KEY, batch(plain)));
      ArrayNode sealed = JSON.createArrayNode();
      for (int i = 0; i < BATCH; i++) {
        String ciphertext = wrapped.at("/data/batch_results").path(i).path("ciphertext").asText();
        sealed.add(
            object()
                .put("ciphertext", ciphertext)
                .put("associated_data", plain.path(i).path("associated_data").asText()));
      }
      batches.add(batch(sealed));
      singles.add(sealed.path(0).toString().getBytes(StandardCharsets.US_ASCII));
    }
  }

  int openBatch() {
    int any = ThreadLocalRandom.current().nextInt(batches.size());
    return counted(requests.post("/v1/transit/decrypt/" + KEY, batches.get(any)), BATCH);
  }

  void openOne() {
    int any = ThreadLocalRandom.current().nextInt(singles.size());
    counted(requests.post("/v1/transit/decrypt/" + KEY, singles.get(any)), 1);
  }

  private static int counted(byte[] answer, int expected) {
    int found = Requests.count(answer, A_PLAINTEXT);
    if (found != expected) {
      throw new CommandFailure("Vault answered %d values, not %d".formatted(found, expected));
    }
    return found;
  }

  private static ObjectNode named() {
    String name = UUID.randomUUID().toString();
    return object().put("associated_data", base64(name.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] batch(ArrayNode items) {
    return object().set("batch_input", items).toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static JsonNode parse(byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new CommandFailure("Vault's answer is no JSON");
    }
  }
}
