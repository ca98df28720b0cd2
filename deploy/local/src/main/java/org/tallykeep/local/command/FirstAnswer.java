package org.tallykeep.local.command;

import org.tallykeep.local.stack.Console;
import org.tallykeep.local.stack.Stack;
import org.tallykeep.local.stack.StateFolder;

/** Loads the sample retailer into a new stack and asks it the first question. */
final class FirstAnswer {

  private final StateFolder folder;
  private final Console console;

  FirstAnswer(StateFolder folder, Console console) {
    this.folder = folder;
    this.console = console;
  }

  void give(Stack stack) {
    console.line(folder.directory() + " " + stack.state().sampleLoaded());
  }
}
