package org.tallykeep.keyvault.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.platform.WholeAnswer;

/** Sends an alert to whoever watches, signed so that they can tell it is ours. */
@Singleton
class Webhook {

  private static final Logger LOG = Logger.getLogger(Webhook.class);
  private static final String HMAC = "HmacSHA256";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AlertConfig config;
  private final ObjectMapper json;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Webhook(AlertConfig config, ObjectMapper json) {
    this.config = config;
    this.json = json;
  }

  /**
   * Whether it was taken. Says that there is an incident and where to look, not who it is about.
   */
  boolean send(Incident incident) {
    byte[] body = body(incident);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.webhook().orElseThrow())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    config
        .secret()
        .ifPresent(
            secret -> request.header("X-Tallykeep-Signature", "sha256=" + hmac(secret, body)));
    try {
      int status =
          WholeAnswer.within(
                  PATIENCE, client, request.build(), HttpResponse.BodyHandlers.discarding())
              .statusCode();
      return status >= 200 && status < 300;
    } catch (IOException e) {
      LOG.debugf("The webhook did not answer: %s", e.getClass().getName());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private byte[] body(Incident incident) {
    try {
      return json.writeValueAsBytes(
          Map.of(
              "event", "incident-opened",
              "incident", incident.id(),
              "cause", incident.cause(),
              "principal", incident.principal().sort(),
              "openedAt", incident.openedAt().toString()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an alert is always JSON", e);
    }
  }

  private static String hmac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
