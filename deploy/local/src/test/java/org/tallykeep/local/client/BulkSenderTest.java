package org.tallykeep.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tallykeep.local.CommandFailure;

/**
 * What the client does when a service fails; that the service itself is right is tested elsewhere.
 */
final class BulkSenderTest {

  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMillis(5));

  private final List<String> answers = new ArrayList<>();

  @Test
  void rowsGoOutInRequestsOfBoundedSizeAndEachIsAnsweredOnce() throws IOException {
    try (FlakyService service = new FlakyService()) {
      send(service.uri(), SHORT, 25);

      assertThat(answers).hasSize(25).allMatch(a -> a.endsWith("Taken[]")).doesNotHaveDuplicates();
      assertThat(service.requests()).extracting(List::size).containsOnly(10, 5).hasSize(3);
    }
  }

  @Test
  void aRequestIsBoundedByItsBytesToo() throws IOException {
    try (FlakyService service = new FlakyService()) {
      BulkSender.Limits limits = new BulkSender.Limits(1_000, 100, 1);
      send(service.uri(), SHORT, limits, 30);

      assertThat(answers).hasSize(30);
      assertThat(service.requests())
          .allSatisfy(rows -> assertThat(String.join("\n", rows).length()).isLessThan(100));
    }
  }

  @Test
  void anUnavailableServiceIsTriedAgain() throws IOException {
    try (FlakyService service =
        new FlakyService(
            FlakyService.status(503, "sealed"),
            FlakyService.status(503, "sealed"),
            FlakyService.status(504, "slow"))) {
      send(service.uri(), SHORT, 5);

      assertThat(answers).hasSize(5);
      assertThat(service.requests()).hasSize(4);
    }
  }

  @Test
  void aRowThatWasAnsweredKeepsItsFirstAnswerWhenTheRequestIsRepeated() throws IOException {
    try (FlakyService service =
        new FlakyService(
            FlakyService.breakOffAfter(3, ""),
            FlakyService.breakOffAfter(4, "{\"line\":5,\"sta"),
            FlakyService.breakOffAfter(
                0, "{\"error\":{\"detail\":\"key service away\",\"line\":1}}\n"),
            FlakyService.answer("duplicate"))) {
      send(service.uri(), SHORT, 6);

      assertThat(answers)
          .containsExactly(
              "0 Taken[]", "1 Taken[]", "2 Taken[]", "3 Taken[]", "4 Known[]", "5 Known[]");
    }
  }

  @Test
  void anExpiredTokenIsRenewedOnce() throws IOException {
    try (FlakyService service = new FlakyService(FlakyService.status(401, "expired"))) {
      send(service.uri(), SHORT, 2);

      assertThat(service.tokens()).containsExactly("Bearer token-1", "Bearer token-2");
    }
    try (FlakyService service =
        new FlakyService(FlakyService.status(401, "no"), FlakyService.status(401, "no"))) {
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> send(service.uri(), SHORT, 2))
          .withMessageContaining("401");
    }
  }

  @Test
  void aRefusedRequestEndsTheImportAtOnceWithTheServicesReason() throws IOException {
    try (FlakyService service =
        new FlakyService(FlakyService.status(403, "needs the role ingest"))) {
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> send(service.uri(), SHORT, 2))
          .withMessage(
              "customer-service refused: this role is not allowed to do that (403): needs the"
                  + " role ingest");
      assertThat(service.requests()).hasSize(1);
    }
  }

  @Test
  void aRefusedRowBringsItsReason() throws IOException {
    String refused =
        "{\"line\":1,\"status\":\"refused\",\"code\":\"card-number\",\"field\":\"note\",\"detail\":"
            + "\"looks like a card\"}\n{\"line\":2,\"status\":\"conflict\",\"code\":\"conflict\"}\n"
            + "{\"summary\":{}}\n";
    try (FlakyService service = new FlakyService(FlakyService.breakOffAfter(0, refused))) {
      send(service.uri(), SHORT, 2);
    }

    assertThat(answers)
        .containsExactly(
            "0 Refused[code=card-number, detail=note: looks like a card]",
            "1 Refused[code=conflict, detail=]");
  }

  @Test
  void aServiceThatStaysAwayIsGivenUpWithASentenceThatSaysWhatToDo() throws IOException {
    int nobodyListens;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobodyListens = socket.getLocalPort();
    }
    Patience none = new Patience(Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofMillis(1));

    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> send(URI.create("http://127.0.0.1:" + nobodyListens), none, 2))
        .withMessageContaining("./tallykeep up")
        .withMessageContaining("run the same command again");
    assertThat(answers).isEmpty();
  }

  private void send(URI uri, Patience patience, int rows) {
    send(uri, patience, new BulkSender.Limits(10, 1 << 20, 2), rows);
  }

  private void send(URI uri, Patience patience, BulkSender.Limits limits, int rows) {
    AtomicInteger tokens = new AtomicInteger();
    try (ServiceClient client =
            new ServiceClient(
                "customer-service", uri, () -> "token-" + tokens.incrementAndGet(), patience);
        BulkSender<Integer> sender =
            new BulkSender<>(
                client,
                "/v1/purchases/imports",
                limits,
                (origin, answer) -> answers.add(origin + " " + answer))) {
      for (int i = 0; i < rows; i++) {
        sender.add(new Row<>(("{\"row\":" + i + "}").getBytes(StandardCharsets.UTF_8), i));
      }
      sender.finish();
    }
  }
}
