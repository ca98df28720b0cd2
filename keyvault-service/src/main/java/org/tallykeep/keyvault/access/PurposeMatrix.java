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

/**
 * Who may have which key. What is not listed is denied: unknown clients, unknown roles, and {@code
 * audit}, {@code tag} and {@code revocation} to everyone.
 */
public final class PurposeMatrix {

  private static final String CUSTOMER = "customer-service";
  private static final String ANALYTICS = "analytics-service";

  private static final Map<String, Set<Purpose>> SERVICES =
      Map.of(
          CUSTOMER, Set.of(LINK, MASK, LEDGER, AGGREGATE, INDEX, MANIFEST),
          ANALYTICS, Set.of(AGGREGATE, MANIFEST));

  private static final Map<StandingGrant, Set<Purpose>> GRANTS_OF_CUSTOMER =
      Map.of(
          StandingGrant.MIXER, Set.of(REIDENTIFY),
          StandingGrant.INGEST, Set.of(IDENTITY, CONTACT));

  private static final Map<String, Set<Purpose>> ROLES =
      Map.of(
          "data-steward", Set.of(IDENTITY, CONTACT),
          "campaign-manager", Set.of(CONTACT));

  private static final String MAINTAINER = "security-officer";

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
      case Authority.Unknown() -> false;
    };
  }

  /** Whether the caller may create keys and have their purpose keys once. */
  public static boolean mayCreateKeys(Caller caller) {
    return isCustomerService(caller);
  }

  /** Whether the caller may have values tagged. */
  public static boolean mayTag(Caller caller) {
    return isCustomerService(caller);
  }

  /** Whether the caller may start maintenance. */
  public static boolean mayMaintain(Caller caller) {
    return switch (caller) {
      case Caller.Service service -> isCustomerService(service);
      case Caller.Person person ->
          CUSTOMER.equals(person.client()) && person.roles().contains(MAINTAINER);
    };
  }

  private static boolean isCustomerService(Caller caller) {
    return caller instanceof Caller.Service service && CUSTOMER.equals(service.client());
  }
}
