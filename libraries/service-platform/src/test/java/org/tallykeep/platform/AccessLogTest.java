package org.tallykeep.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FakeIssuer.class)
class AccessLogTest {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Test
  void aLineNamesThePathAndNoQueryStringAndNoToken() {
    Logger log = Logger.getLogger("io.quarkus.http.access-log");
    log.addHandler(listener);
    try {
      String token = FakeIssuer.validToken("marketer");
      given().auth().oauth2(token).get("/v1/probe/fails/known?cursor=very-long-and-private");
      await().until(() -> !lines.isEmpty());
      assertThat(lines.peek())
          .startsWith("GET /v1/probe/fails/known 429 ")
          .doesNotContain("private", token);
    } finally {
      log.removeHandler(listener);
    }
  }
}
