package org.tallykeep.local.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.tallykeep.local.CommandFailure;

/**
 * A backtest as it is printed: these fields in this order, whatever else the service answers, so
 * that scripts may rely on it.
 */
final class BacktestReport {

  private static final List<String> HEAD = List.of("customers", "actual");
  private static final List<String> MODEL =
      List.of("model", "parameters", "logLikelihood", "predicted", "bias", "mae", "rmse");

  private BacktestReport() {}

  static JsonNode of(JsonNode answer) {
    ObjectNode report = copy(answer, HEAD);
    var models = report.putArray("models");
    for (JsonNode model : required(answer, "models")) {
      ObjectNode copy = models.addObject();
      // A model that had too little data has a name and no figures.
      MODEL.forEach(
          name -> copy.set(name, model.hasNonNull(name) ? model.get(name) : copy.nullNode()));
    }
    return report;
  }

  /** For people: the answer as it came, since it says why a model has no figures. */
  static String table(JsonNode answer) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%,d customers, %,d repeat purchase days came%n%n%-14s %12s %8s %9s %9s %14s  %s%n",
            required(answer, "customers").asLong(),
            required(answer, "actual").asLong(),
            "model",
            "predicted",
            "bias",
            "MAE",
            "RMSE",
            "log-likelihood",
            "parameters"));
    for (JsonNode model : required(answer, "models")) {
      table.append(model.hasNonNull("predicted") ? figures(model) : reason(model));
    }
    return table.toString();
  }

  private static String figures(JsonNode model) {
    return String.format(
        Locale.ROOT,
        "%-14s %,12.1f %8s %9.4f %9.4f %14.4f  %s%n",
        model.path("model").asText(),
        model.path("predicted").asDouble(),
        model.hasNonNull("bias") ? percent(model.get("bias").asDouble()) : "-",
        model.path("mae").asDouble(),
        model.path("rmse").asDouble(),
        model.path("logLikelihood").asDouble(),
        parameters(model.path("parameters")));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%+.1f%%", 100 * share);
  }

  private static String reason(JsonNode model) {
    return String.format(
        "%-14s no forecast: %s%n",
        model.path("model").asText(), model.path("reason").asText("too little data"));
  }

  private static String parameters(JsonNode parameters) {
    StringBuilder text = new StringBuilder();
    parameters
        .properties()
        .forEach(
            parameter ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(parameter.getKey())
                    .append(String.format(Locale.ROOT, " %.5f", parameter.getValue().asDouble())));
    return text.toString();
  }

  private static ObjectNode copy(JsonNode from, List<String> names) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    names.forEach(name -> copy.set(name, required(from, name)));
    return copy;
  }

  /** Fails with the service's reasons when no model had enough data: there is nothing to print. */
  static void requireFigures(JsonNode answer) {
    StringBuilder reasons = new StringBuilder();
    for (JsonNode model : required(answer, "models")) {
      if (model.hasNonNull("predicted")) {
        return;
      }
      reasons.append(reason(model).strip()).append(' ');
    }
    throw new CommandFailure(reasons.toString().strip());
  }

  private static JsonNode required(JsonNode from, String name) {
    JsonNode value = from.get(name);
    if (value == null) {
      throw new CommandFailure("analytics-service's answer lacks " + name);
    }
    return value;
  }
}
