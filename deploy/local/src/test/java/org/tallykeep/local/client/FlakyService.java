package org.tallykeep.local.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A server that fails as it is told, one behaviour a request, and then answers every row. */
final class FlakyService implements AutoCloseable {

  /** What to do with one request whose rows were read. */
  interface Behaviour {
    void handle(HttpExchange exchange, List<String> rows) throws IOException;
  }

  private final HttpServer server;
  private final Deque<Behaviour> script = new ArrayDeque<>();
  private final List<List<String>> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());

  FlakyService(Behaviour... script) throws IOException {
    this.script.addAll(List.of(script));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<List<String>> requests() {
    return requests;
  }

  List<String> tokens() {
    return tokens;
  }

  private void handle(HttpExchange exchange) throws IOException {
    tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    List<String> rows;
    try (GZIPInputStream body = new GZIPInputStream(exchange.getRequestBody())) {
      rows = new String(body.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    requests.add(rows);
    Behaviour behaviour;
    synchronized (script) {
      behaviour = script.isEmpty() ? FlakyService::acceptAll : script.pop();
    }
    behaviour.handle(exchange, rows);
    exchange.close();
  }

  static void acceptAll(HttpExchange exchange, List<String> rows) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    write(exchange, answers(rows.size(), "accepted") + "{\"summary\":{}}\n");
  }

  static Behaviour status(int status, String detail) {
    return (exchange, rows) -> {
      exchange.getResponseHeaders().add("Retry-After", "0");
      exchange.sendResponseHeaders(status, 0);
      write(exchange, "{\"detail\":\"" + detail + "\"}");
    };
  }

  /** Answers some rows and then ends without a summary. */
  static Behaviour breakOffAfter(int rows, String lastLine) {
    return (exchange, all) -> {
      exchange.sendResponseHeaders(200, 0);
      write(exchange, answers(rows, "accepted") + lastLine);
    };
  }

  static Behaviour answer(String status) {
    return (exchange, rows) -> {
      exchange.sendResponseHeaders(200, 0);
      write(exchange, answers(rows.size(), status) + "{\"summary\":{}}\n");
    };
  }

  private static String answers(int rows, String status) {
    StringBuilder answers = new StringBuilder();
    for (int line = 1; line <= rows; line++) {
      answers.append("{\"line\":%d,\"status\":\"%s\"}\n".formatted(line, status));
    }
    return answers.toString();
  }

  private static void write(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
