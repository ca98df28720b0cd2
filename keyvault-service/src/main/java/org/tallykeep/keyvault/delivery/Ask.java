package org.tallykeep.keyvault.delivery;

import java.util.Optional;
import org.tallykeep.keyvault.access.Caller;

/**
 * A request as far as it has to be written down.
 *
 * @param action what is asked for, such as {@code unwrap}
 * @param purpose the purpose, or empty where an action has none
 */
public record Ask(
    Caller caller,
    String action,
    String purpose,
    Optional<String> grant,
    Optional<String> caseId,
    int records) {

  public static Ask of(Caller caller, String action, String purpose, int records) {
    return new Ask(caller, action, purpose, Optional.empty(), Optional.empty(), records);
  }
}
