package org.tallykeep.local.stack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tallykeep.local.parts.RunningProcess;

/** What runs where, for people and as JSON. */
public final class StackReport {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static final String VAULT_ROOT =
      "The root key is in Vault, which this stack opens itself with an unseal key in .tallykeep:"
          + " for one machine only.";
  static final String LOCAL_ROOT =
      "The root key is a local file: for a first look only (--vault puts it into Vault).";

  private StackReport() {}

  public static ObjectNode json(StateFolder folder) {
    ObjectNode report = JSON.createObjectNode();
    Optional<StackState> state = folder.state();
    report.put("running", state.map(StackState::anyAlive).orElse(false));
    report.put("stateDirectory", folder.directory().toString());
    if (state.isEmpty()) {
      return report;
    }
    StackState known = state.get();
    report.put("portBase", known.portBase());
    report.put("rootKey", known.vault() ? "vault" : "local");
    report.put("sample", known.sample().name().toLowerCase(Locale.ROOT));
    report.put("sampleLoaded", known.sampleLoaded());
    for (Part part : partsOf(known)) {
      ObjectNode entry = report.withArrayProperty("processes").addObject();
      Optional<RunningProcess> process = known.alive(part);
      entry.put("name", part.label());
      entry.put("url", part.url(known.portBase()));
      entry.put("port", part.port(known.portBase()));
      process.ifPresentOrElse(p -> entry.put("pid", p.pid()), () -> entry.putNull("pid"));
      entry.put("running", process.isPresent());
      entry.put("log", folder.log(part).toString());
    }
    connections(folder, known).forEach(report.withObjectProperty("databaseConnections")::put);
    return report;
  }

  /** A table of the parts and their processes. */
  public static List<String> lines(StateFolder folder) {
    Optional<StackState> state = folder.state();
    List<String> lines = new ArrayList<>();
    if (state.isEmpty()) {
      lines.add("No stack was made here yet; ./tallykeep up makes one.");
      return lines;
    }
    StackState known = state.get();
    String row = "%-18s %-30s %8s  %s";
    lines.add(row.formatted("PART", "URL", "PID", "LOG"));
    for (Part part : partsOf(known)) {
      String pid = known.alive(part).map(p -> Long.toString(p.pid())).orElse("-");
      lines.add(row.formatted(part.label(), part.url(known.portBase()), pid, folder.log(part)));
    }
    connections(folder, known)
        .forEach(
            (database, count) ->
                lines.add("database %-10s %d connections".formatted(database, count)));
    lines.add(known.vault() ? VAULT_ROOT : LOCAL_ROOT);
    if (!known.anyAlive()) {
      lines.add("Nothing of it runs; ./tallykeep up starts it again.");
    }
    return lines;
  }

  static List<Part> partsOf(StackState state) {
    return Arrays.stream(Part.values())
        .filter(part -> state.vault() || part != Part.VAULT)
        .toList();
  }

  private static Map<String, Integer> connections(StateFolder folder, StackState state) {
    return state.alive(Part.POSTGRESQL).isPresent()
        ? StackAccess.to(folder).databaseConnections()
        : Map.of();
  }

  /** What a person needs who has just brought the stack up. */
  public static List<String> welcome(StateFolder folder, StackState state) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    for (Part part : partsOf(state)) {
      lines.add("  %-18s %s".formatted(part.label(), part.url(state.portBase())));
    }
    lines.add("");
    lines.add("  Roles: " + String.join(", ", StackAccess.roles()));
    lines.add("  Each person's log-in is the name of the role; passwords: " + folder.secretsFile());
    lines.add("  ./tallykeep token --as ROLE prints an access token for curl.");
    lines.add("  " + (state.vault() ? VAULT_ROOT : LOCAL_ROOT));
    return lines;
  }
}
