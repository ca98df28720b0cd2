package org.tallykeep.local.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.stack.Console;
import org.tallykeep.local.stack.Part;
import org.tallykeep.local.stack.Stack;
import org.tallykeep.local.stack.StackAccess;
import org.tallykeep.local.stack.StackState;
import org.tallykeep.local.stack.StateFolder;
import org.tallykeep.local.stack.UpOptions;

/**
 * The whole local stack with Vault, made for one measurement beside the ordinary one and ended with
 * it. What an interrupted one left behind is ended and thrown away by the next.
 */
final class OwnStack implements AutoCloseable {

  private final StateFolder folder;
  private final Stack stack;
  private final Thread ending;

  private OwnStack(StateFolder folder, Stack stack) {
    this.folder = folder;
    this.stack = stack;
    this.ending = new Thread(stack::endAll, "end the benchmark's stack");
    Runtime.getRuntime().addShutdownHook(ending);
  }

  /** Starts it and waits until it is ready. */
  static OwnStack start(int portBase, PrintWriter progress) {
    return start(portBase, Map.of(), progress);
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param keyService further environment variables of the key service
   */
  static OwnStack start(int portBase, Map<String, String> keyService, PrintWriter progress) {
    ProjectHome home = ProjectHome.find();
    StateFolder folder = StateFolder.of(home).beside("bench");
    Map<String, String> keys = new HashMap<>(budgets());
    keys.putAll(keyService);
    Map<Part, Map<String, String>> settings =
        Map.of(
            Part.KEYVAULT_SERVICE,
            keys,
            Part.CUSTOMER_SERVICE,
            Map.of("JAVA_TOOL_OPTIONS", "-Xlog:gc:file=" + GcLog.of(folder).file()));
    UpOptions options = new UpOptions(true, true, StackState.Sample.NONE, portBase, settings);
    try (FileChannel lock = folder.lock()) {
      Console console = new Console(progress);
      console.line("Starting a stack of its own; logs are in " + folder.logs());
      OwnStack own = new OwnStack(folder, Stack.prepare(home, folder, options, console));
      own.stack.start();
      lock.force(false);
      return own;
    } catch (IOException e) {
      throw new PartFailedException("The folder " + folder.directory() + " cannot be used.", e);
    }
  }

  /** Counted like any other, and large enough for what a machine can do. */
  private static Map<String, String> budgets() {
    Map<String, String> budgets = new HashMap<>();
    for (String window : List.of("MINUTE", "HOUR", "DAY")) {
      budgets.put("TALLYKEEP_BUDGETS_LIMITS_SERVICE_LINK_" + window, "2000000000");
      // A person reads 300 a minute otherwise.
      budgets.put("TALLYKEEP_BUDGETS_LIMITS_PERSON_CONTACT_" + window, "2000000000");
    }
    return budgets;
  }

  StackAccess access() {
    return StackAccess.to(folder);
  }

  StateFolder folder() {
    return folder;
  }

  @Override
  public void close() {
    stack.endAll();
    Runtime.getRuntime().removeShutdownHook(ending);
  }
}
