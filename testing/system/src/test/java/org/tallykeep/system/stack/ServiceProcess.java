package org.tallykeep.system.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.parts.Launch;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.parts.RunningProcess;

/** One service as it is shipped, on a port of its own; it can be killed and started again. */
public final class ServiceProcess {

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final HttpClient PROBE =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final Path log;
  private final Launch launch;
  private @Nullable RunningProcess process;

  ServiceProcess(String name, int port, Path log, Map<String, String> settings) {
    this.port = port;
    this.log = log;
    Path jar = ProjectHome.find().serviceJar(name);
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "Not packaged: run mvn -pl " + name + " -am package -DskipTests");
    }
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    this.launch =
        new Launch(
            name,
            List.of(java.toString(), "-Xmx320m", "-XX:+UseSerialGC", "-jar", jar.toString()),
            environment,
            log);
  }

  /** Starts it without waiting. */
  public void begin() {
    process = launch.start();
  }

  /** Waits until it is ready for requests. */
  void awaitReady() {
    if (process != null) {
      launch.awaitReady(process, START, this::isReady);
    }
  }

  /** As a power cut would: no time to finish anything. */
  public void kill() {
    if (process != null) {
      process.end("KILL", Duration.ofSeconds(5));
    }
  }

  /** Brings a killed service back. */
  public void restart() {
    begin();
    awaitReady();
  }

  void stop() {
    if (process != null) {
      process.end(STOP);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Everything it has written to its log so far. */
  public byte[] log() {
    try {
      return Files.readAllBytes(log);
    } catch (IOException e) {
      throw new IllegalStateException("No log of " + launch.name(), e);
    }
  }

  private boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/q/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return PROBE.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
