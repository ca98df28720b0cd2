package org.tallykeep.keyvault.access;

import static org.tallykeep.keyvault.access.Purpose.AGGREGATE;
import static org.tallykeep.keyvault.access.Purpose.CONTACT;
import static org.tallykeep.keyvault.access.Purpose.IDENTITY;
import static org.tallykeep.keyvault.access.Purpose.INDEX;
import static org.tallykeep.keyvault.access.Purpose.LEDGER;
import static org.tallykeep.keyvault.access.Purpose.LINK;
import static org.tallykeep.keyvault.access.Purpose.MANIFEST;
import static org.tallykeep.keyvault.access.Purpose.MASK;
import static org.tallykeep.keyvault.access.Purpose.REIDENTIFY;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who may have which key. What is not listed is denied: unknown clients, unknown roles, and {@code
 * audit}, {@code tag} and {@code revocation} to everyone.
 */
public final class PurposeMatrix {

  private static final String CUSTOMER = "customer-service";
  private static final String ANALYTICS = "analytics-service";
  private static final String PRIVACY_OFFICER = "privacy-officer";

  private static final Map<String, Set<Purpose>> SERVICES =
      Map.of(
          CUSTOMER, Set.of(LINK, MASK, LEDGER, AGGREGATE, INDEX, MANIFEST),
          ANALYTICS, Set.of(AGGREGATE, MANIFEST));

  private static final Map<StandingGrant, Set<Purpose>> GRANTS_OF_CUSTOMER =
      Map.of(
          StandingGrant.MIXER, Set.of(REIDENTIFY),
          StandingGrant.INGEST, Set.of(IDENTITY, CONTACT),
          StandingGrant.REKEY, Set.of(IDENTITY, CONTACT, LINK, MASK, REIDENTIFY),
          StandingGrant.REINDEX, Set.of(IDENTITY, CONTACT));

  private static final Map<String, Set<Purpose>> ROLES =
      Map.of(
          "data-steward", Set.of(IDENTITY, CONTACT),
          "campaign-manager", Set.of(CONTACT));

  private static final Map<String, Set<Purpose>> JOBS_OF_ROLES =
      Map.of(
          "data-steward",
          Set.of(IDENTITY, CONTACT),
          "campaign-manager",
          Set.of(REIDENTIFY, CONTACT),
          PRIVACY_OFFICER,
          Set.of(IDENTITY, CONTACT, REIDENTIFY));

  /** Where officers log in, and the service that exchanges their token. */
  private static final Set<String> OFFICERS_COME_THROUGH = Set.of(CUSTOMER, "security-console");

  private static final Set<Purpose> OF_JOBS = Set.of(IDENTITY, CONTACT, REIDENTIFY);

  private static final String OFFICER = "security-officer";

  private PurposeMatrix() {}

  /** Whether the caller may have keys of the purpose on that authority. */
  static boolean allows(Caller caller, Purpose purpose, Authority authority) {
    return switch (caller) {
      case Caller.Service service -> allowsService(service.client(), purpose, authority);
      case Caller.Person person ->
          authority instanceof Authority.Own
              && CUSTOMER.equals(person.client())
              && person.roles().stream()
                  .anyMatch(role -> ROLES.getOrDefault(role, Set.of()).contains(purpose));
    };
  }

  private static boolean allowsService(String client, Purpose purpose, Authority authority) {
    return switch (authority) {
      case Authority.Own() -> SERVICES.getOrDefault(client, Set.of()).contains(purpose);
      case Authority.Granted(StandingGrant grant) ->
          CUSTOMER.equals(client)
              && GRANTS_OF_CUSTOMER.getOrDefault(grant, Set.of()).contains(purpose);
      case Authority.Job(UUID grant) -> CUSTOMER.equals(client) && OF_JOBS.contains(purpose);
      case Authority.Unknown() -> false;
    };
  }

  /** Whether the person may have a job do that: one role has to allow all of it. */
  public static boolean maySubmitJob(Caller caller, Set<Purpose> purposes) {
    return caller instanceof Caller.Person person
        && CUSTOMER.equals(person.client())
        && person.roles().stream()
            .anyMatch(role -> JOBS_OF_ROLES.getOrDefault(role, Set.of()).containsAll(purposes));
  }

  /** Whether such a job of this person is for one customer only. */
  public static boolean isForOneCustomer(Caller.Person person, Set<Purpose> purposes) {
    return person.roles().stream()
        .filter(role -> !role.equals(PRIVACY_OFFICER))
        .noneMatch(role -> JOBS_OF_ROLES.getOrDefault(role, Set.of()).containsAll(purposes));
  }

  /** Whether the caller is a security officer: budgets, incidents, audit, rotation. */
  public static boolean isOfficer(Caller caller) {
    return caller instanceof Caller.Person person
        && OFFICERS_COME_THROUGH.contains(person.client())
        && person.roles().contains(OFFICER);
  }

  /** Whether the caller is a service that keeps keys in memory. */
  public static boolean mayListen(Caller caller) {
    return caller instanceof Caller.Service service && SERVICES.containsKey(service.client());
  }

  /** Whether the caller may create keys and have their purpose keys once. */
  public static boolean mayCreateKeys(Caller caller) {
    return isCustomerService(caller);
  }

  /** Whether the caller may have keys destroyed, and ask which ones are. */
  public static boolean mayDestroyKeys(Caller caller) {
    return isCustomerService(caller);
  }

  /** Whether the caller seals anew what was under keys that are being replaced. */
  public static boolean mayRekey(Caller caller) {
    return isCustomerService(caller);
  }

  /** Whether the caller makes tags anew when the key they are made with is turned over. */
  public static boolean mayReindex(Caller caller) {
    return isCustomerService(caller);
  }

  /** Whether the caller may have values tagged. */
  public static boolean mayTag(Caller caller, Authority authority) {
    return isCustomerService(caller)
        && switch (authority) {
          case Authority.Own() -> true;
          case Authority.Granted(StandingGrant grant) -> grant == StandingGrant.REINDEX;
          case Authority.Job(UUID grant) -> false;
          case Authority.Unknown() -> false;
        };
  }

  /** Whether the caller may start maintenance. */
  public static boolean mayMaintain(Caller caller) {
    return switch (caller) {
      case Caller.Service service -> isCustomerService(service);
      case Caller.Person person -> isOfficer(person);
    };
  }

  private static boolean isCustomerService(Caller caller) {
    return caller instanceof Caller.Service service && CUSTOMER.equals(service.client());
  }
}
