package org.tallykeep.local.stack;

import java.util.function.UnaryOperator;
import org.tallykeep.local.parts.PartFailedException;

/** State and secrets of the stack that is being changed; every change is on the disk at once. */
final class StateStore {

  private final StateFolder folder;
  private StackState state;
  private StackSecrets secrets;

  private StateStore(StateFolder folder, StackState state, StackSecrets secrets) {
    this.folder = folder;
    this.state = state;
    this.secrets = secrets;
  }

  static StateStore create(StateFolder folder, StackState state) {
    StateStore store = new StateStore(folder, state, StackSecrets.generate());
    folder.write(store.secrets);
    folder.write(state);
    return store;
  }

  static StateStore open(StateFolder folder, StackState state) {
    StackSecrets secrets =
        folder
            .secrets()
            .orElseThrow(
                () ->
                    new PartFailedException(
                        "The state in "
                            + folder.directory()
                            + " is half-made: its secrets are missing. ./tallykeep up --fresh"
                            + " starts over, without its data."));
    StateStore store = new StateStore(folder, state, secrets);
    if (!secrets.isComplete()) {
      store.changeSecrets(StackSecrets::completed);
    }
    return store;
  }

  synchronized StackState state() {
    return state;
  }

  synchronized StackSecrets secrets() {
    return secrets;
  }

  synchronized void change(UnaryOperator<StackState> change) {
    state = change.apply(state);
    folder.write(state);
  }

  synchronized void changeSecrets(UnaryOperator<StackSecrets> change) {
    secrets = change.apply(secrets);
    folder.write(secrets);
  }
}
