package org.tallykeep.local.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import picocli.CommandLine;

/** What a benchmark tells: progress while it runs, figures at the end. */
final class Report {

  private final CommandLine command;
  private final boolean json;
  private final ObjectNode figures = JsonMapper.builder().build().createObjectNode();

  Report(CommandLine command, boolean json) {
    this.command = command;
    this.json = json;
  }

  ObjectNode figures() {
    return figures;
  }

  PrintWriter progress() {
    return command.getErr();
  }

  void say(String what) {
    progress().println(what);
    progress().flush();
  }

  void print() {
    PrintWriter out = command.getOut();
    if (json) {
      out.println(figures);
    } else {
      figures.properties().forEach(e -> out.printf("%-32s %s%n", e.getKey(), e.getValue()));
    }
    out.flush();
  }

  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
