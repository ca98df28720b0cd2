package org.tallykeep.local.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.tallykeep.local.CommandFailure;

final class BacktestReportTest {

  private static final String ANSWER =
      """
      {"asOf":"1997-09-30","models":[{"mae":0.7855,"model":"bg-nbd","rmse":1.608,"eligible":true,
      "parameters":{"r":0.24259453,"alpha":4.41360212,"a":0.79292188,"b":2.42590622},
      "bias":-0.12147,"predicted":1653.4,"logLikelihood":-9582.429207}],
      "actual":1882,"customers":2357,"dataThrough":"1998-06-30"}
      """;

  @Test
  void theObjectHasItsFieldsInTheirOrderAndNoOthers() throws JsonProcessingException {
    assertThat(BacktestReport.of(new JsonMapper().readTree(ANSWER)))
        .hasToString(
            "{\"customers\":2357,\"actual\":1882,\"models\":[{\"model\":\"bg-nbd\",\"parameters\":"
                + "{\"r\":0.24259453,\"alpha\":4.41360212,\"a\":0.79292188,\"b\":2.42590622},"
                + "\"logLikelihood\":-9582.429207,\"predicted\":1653.4,\"bias\":-0.12147,"
                + "\"mae\":0.7855,\"rmse\":1.608}]}");
  }

  @Test
  void peopleGetATable() throws JsonProcessingException {
    assertThat(BacktestReport.table(new JsonMapper().readTree(ANSWER)))
        .startsWith("2,357 customers, 1,882 repeat purchase days came")
        .contains("bg-nbd", "1,653.4", "-12.1%", "0.7855", "-9582.4292", "alpha 4.41360");
  }

  @Test
  void aModelWithTooLittleDataHasANameAndAReason() throws JsonProcessingException {
    var answer =
        new JsonMapper()
            .readTree(
                "{\"customers\":3,\"actual\":0,\"models\":[{\"model\":\"bg-nbd\","
                    + "\"eligible\":false,\"reason\":\"fewer than 10 customers\"}]}");

    assertThat(BacktestReport.table(answer)).contains("bg-nbd", "no forecast: fewer than 10");
    assertThat(BacktestReport.of(answer).at("/models/0/predicted").isNull()).isTrue();
  }

  @Test
  void anAnswerWithoutAnyModelIsAFailureWithItsReason() throws JsonProcessingException {
    var answer =
        new JsonMapper()
            .readTree(
                """
                {"models":[{"model":"bg-nbd","eligible":false,"reason":"fewer than 30 customers"}]}
                """);
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> BacktestReport.requireFigures(answer))
        .withMessageContaining("fewer than 30 customers");
  }

  @Test
  void anAnswerThatLacksAFieldIsNotPrinted() throws JsonProcessingException {
    var answer = new JsonMapper().readTree("{\"customers\":1,\"models\":[]}");

    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> BacktestReport.of(answer))
        .withMessageContaining("actual");
  }
}
