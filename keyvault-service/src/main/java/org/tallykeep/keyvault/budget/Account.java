package org.tallykeep.keyvault.budget;

import org.tallykeep.keyvault.access.Authority;
import org.tallykeep.keyvault.access.Caller;

/**
 * Whose spending is counted together: one caller, one holder, one purpose.
 *
 * @param client the service that asks
 * @param holder {@code service} for what it asks in its own right, {@code grant:} and the standing
 *     grant's name, {@code person:} and the person's {@code sub}, or {@code jobs:} and theirs for
 *     what their jobs do
 * @param purpose the purpose, or what is asked for where there is none
 */
public record Account(String client, String holder, String purpose) {

  private static final String SERVICE = "service";
  private static final String GRANT = "grant:";
  private static final String PERSON = "person:";
  private static final String JOBS = "jobs:";

  /** The account that a request is charged to. */
  public static Account of(Caller caller, Authority authority, String purpose) {
    return switch (caller) {
      case Caller.Person person -> new Account(person.client(), PERSON + person.subject(), purpose);
      case Caller.Service service ->
          new Account(
              service.client(),
              authority instanceof Authority.Granted granted
                  ? GRANT + granted.grant().label()
                  : SERVICE,
              purpose);
    };
  }

  /** What a person's jobs at a service spend. */
  public static Account ofJobs(String client, String subject, String purpose) {
    return new Account(client, JOBS + subject, purpose);
  }

  /** In the configuration: {@code person}, {@code jobs}, {@code service} or the grant's name. */
  String sort() {
    if (holder.startsWith(GRANT)) {
      return holder.substring(GRANT.length());
    }
    int colon = holder.indexOf(':');
    return colon < 0 ? holder : holder.substring(0, colon);
  }

  /** Without the holder: a person's name stays out of logs. */
  @Override
  public String toString() {
    return "Account[" + client + ", " + purpose + "]";
  }
}
