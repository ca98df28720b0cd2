package org.tallykeep.customer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers like the analytics service: the purchasers told to it, best first, however many are asked
 * for. It sees what a request carries, so that a test can say that no customer is named.
 */
public final class StandInAnalytics {

  private static final int STATUS_OK = 200;

  private static @Nullable HttpServer server;
  private static volatile List<UUID> best = List.of();
  private static volatile String lastRequest = "";

  private StandInAnalytics() {}

  static synchronized String start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.createContext("/v1/predictions", StandInAnalytics::answer);
    server.start();
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  static synchronized void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  /** What it will say from now on, the best first. */
  public static void best(List<UUID> purchasers) {
    best = List.copyOf(purchasers);
  }

  /** The body and the head of the last request. */
  public static String lastRequest() {
    return lastRequest;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    lastRequest =
        exchange.getRequestHeaders().getFirst("Authorization")
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    List<UUID> purchasers = best;
    byte[] body =
        IntStream.range(0, purchasers.size())
            .mapToObj(i -> prediction(purchasers.get(i), purchasers.size() - i))
            .collect(Collectors.joining(",", "[", "]"))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(STATUS_OK, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String prediction(UUID purchaser, int expected) {
    return """
        {"purchaser":"%s","eligible":true,"expected":%d.5,"pAlive":0.9,"horizonDays":30,
         "asOf":"2026-01-31","dataThrough":"2026-01-31","modelVersion":"bg-nbd-1"}
        """
        .formatted(purchaser, expected);
  }
}
