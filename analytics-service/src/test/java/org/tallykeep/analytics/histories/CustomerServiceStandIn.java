package org.tallykeep.analytics.histories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.aggregates.RevisionCursor;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.envelope.SealingKey;

/**
 * The one operation of the customer service that this service calls, over HTTP, with rows sealed
 * under keys that the real key service gave out. The real customer service is in testing/system.
 */
public final class CustomerServiceStandIn implements AutoCloseable {

  private static final String PATH = "/v1/aggregates/purchase-histories";
  private static final ObjectMapper JSON = new ObjectMapper();

  public final SealedHistories stored;
  private final HttpServer server;
  private volatile boolean breaksOff;
  private volatile String lastCaller = "";

  /** Serves at the address that this service is told to find the customer service at. */
  public CustomerServiceStandIn(URI address, URI keyService, String customerServiceToken)
      throws IOException, InterruptedException {
    JsonNode aggregate = lease(keyService, "aggregate", 100_000, customerServiceToken);
    JsonNode manifest = lease(keyService, "manifest", 0, customerServiceToken);
    stored =
        new SealedHistories(
            SealingKey.takeOwnershipOf(
                ref(aggregate), aggregate.get("key").binaryValue(), MessageLease.of(100_000)),
            MacKey.takeOwnershipOf(
                ref(manifest), manifest.get("key").binaryValue(), ManifestSum.MAC_USE));
    server = HttpServer.create(new InetSocketAddress(address.getHost(), address.getPort()), 0);
    server.createContext(PATH, this::answer);
    server.start();
  }

  private static KeyRef ref(JsonNode key) {
    return new KeyRef(UUID.fromString(key.get("id").asText()), key.get("version").asInt());
  }

  private static JsonNode lease(URI keyService, String purpose, long messages, String token)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(keyService.resolve("/v1/dataset-keys/" + purpose + "/lease"))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"messages\":" + messages + "}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException("no lease: " + response.statusCode());
      }
      return JSON.readTree(response.body());
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    lastCaller =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
            .map(CustomerServiceStandIn::authorizedParty)
            .orElse("");
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    byte[] whole = stored.stream(RevisionCursor.parse(query.replaceFirst("^afterRevision=", "")));
    exchange.getResponseHeaders().add("Content-Type", HistoryStream.MEDIA_TYPE);
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write(whole, 0, breaksOff ? whole.length - 100 : whole.length);
    // An end without the last chunk is what a service that dies half-way leaves behind.
    if (breaksOff) {
      body.flush();
      throw new IOException("broken off on purpose");
    }
    body.close();
  }

  private static String authorizedParty(String header) {
    try {
      String claims = header.split("\\.", -1)[1];
      return JSON.readTree(Base64.getUrlDecoder().decode(claims)).path("azp").asText();
    } catch (IOException e) {
      return "";
    }
  }

  public void breaksOff(boolean now) {
    breaksOff = now;
  }

  /** The client whose token came with the last request. */
  public String lastCaller() {
    return lastCaller;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
