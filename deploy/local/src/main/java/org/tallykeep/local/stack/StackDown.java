package org.tallykeep.local.stack;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tallykeep.local.parts.KeycloakPart;
import org.tallykeep.local.parts.PostgresPart;
import org.tallykeep.local.parts.RunningProcess;
import org.tallykeep.local.parts.VaultPart;

/** Ends processes that a stack's state names, each only if it is still the one that was started. */
final class StackDown {

  private static final Duration GRACE = Duration.ofSeconds(15);

  private StackDown() {}

  /** Services first, all at once, then what they need; returns how many were ended. */
  static int end(StateStore store, Set<Part> spared) {
    int ended = 0;
    for (List<Part> group :
        List.of(
            parts(Part::isService),
            parts(part -> part == Part.KEYCLOAK || part == Part.VAULT),
            List.of(Part.POSTGRESQL))) {
      ended +=
          group.parallelStream()
              .filter(part -> !spared.contains(part))
              .mapToInt(part -> end(store, part) ? 1 : 0)
              .sum();
    }
    return ended;
  }

  private static boolean end(StateStore store, Part part) {
    Map<Part, RunningProcess> processes = store.state().processes();
    RunningProcess process = processes.get(part);
    if (process == null) {
      return false;
    }
    boolean alive = process.isAlive();
    end(part, process);
    store.change(state -> state.withoutProcess(part));
    return alive;
  }

  static void end(Part part, RunningProcess process) {
    switch (part) {
      case POSTGRESQL -> PostgresPart.stop(process);
      case KEYCLOAK -> KeycloakPart.stop(process);
      case VAULT -> VaultPart.stop(process);
      case CUSTOMER_SERVICE, ANALYTICS_SERVICE, KEYVAULT_SERVICE -> process.end(GRACE);
    }
  }

  private static List<Part> parts(Predicate<Part> which) {
    return Arrays.stream(Part.values()).filter(which).toList();
  }
}
