package org.tallykeep.keyvault.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every caller, every purpose, every grant: what is not written down here is denied. */
class PurposeMatrixTest {

  private static final Set<String> ALLOWED =
      Set.of(
          "customer-service link",
          "customer-service mask",
          "customer-service ledger",
          "customer-service aggregate",
          "customer-service index",
          "customer-service manifest",
          "customer-service reidentify under mixer",
          "customer-service identity under ingest",
          "customer-service contact under ingest",
          "customer-service identity under reindex",
          "customer-service contact under reindex",
          "analytics-service aggregate",
          "analytics-service manifest",
          "data-steward via customer-service identity",
          "data-steward via customer-service contact",
          "campaign-manager via customer-service contact");

  private static final List<String> CLIENTS =
      List.of(
          "customer-service",
          "analytics-service",
          "keyvault-service",
          "tallykeep-cli",
          "ingest",
          "Customer-Service",
          "");

  private static final List<String> ROLES =
      List.of(
          "marketer",
          "campaign-manager",
          "data-steward",
          "privacy-officer",
          "security-officer",
          "ingest",
          "key-client",
          "no-such-role");

  private static final List<Optional<String>> GRANTS =
      List.of(
          Optional.empty(),
          Optional.of("mixer"),
          Optional.of("ingest"),
          Optional.of("reindex"),
          Optional.of("no-such-grant"),
          Optional.of("MIXER"),
          Optional.of(""));

  @Test
  void exactlyWhatIsListedIsAllowed() {
    Set<String> allowed = new TreeSet<>();
    callers()
        .forEach(
            (name, caller) -> {
              for (Purpose purpose : Purpose.values()) {
                for (Optional<String> grant : GRANTS) {
                  if (PurposeMatrix.allows(caller, purpose, Authority.of(grant))) {
                    allowed.add(
                        name + " " + purpose.label() + grant.map(g -> " under " + g).orElse(""));
                  }
                }
              }
            });
    assertThat(allowed).isEqualTo(new TreeSet<>(ALLOWED));
  }

  @Test
  void onlyTheCustomerServiceItselfCreatesKeysAndTags() {
    assertThat(names(PurposeMatrix::mayCreateKeys)).containsExactly("customer-service");
    assertThat(names(caller -> PurposeMatrix.mayTag(caller, new Authority.Own())))
        .containsExactly("customer-service");
    assertThat(
            GRANTS.stream()
                .filter(
                    grant ->
                        PurposeMatrix.mayTag(
                            new Caller.Service("customer-service"), Authority.of(grant))))
        .containsExactly(Optional.empty(), Optional.of("reindex"));
  }

  @Test
  void theCustomerServiceAndSecurityOfficersMaintain() {
    assertThat(names(PurposeMatrix::mayMaintain))
        .containsExactly("customer-service", "security-officer via customer-service");
  }

  @Test
  void aPersonWithSeveralRolesHasWhatEachOfThemAllows() {
    Caller both =
        new Caller.Person("p", "customer-service", Set.of("marketer", "campaign-manager"));
    assertThat(PurposeMatrix.allows(both, Purpose.CONTACT, new Authority.Own())).isTrue();
    assertThat(PurposeMatrix.allows(both, Purpose.IDENTITY, new Authority.Own())).isFalse();
  }

  @Test
  void aPersonDoesNotShowInText() {
    assertThat(new Caller.Person("f3b1", "customer-service", Set.of("marketer")).toString())
        .doesNotContain("f3b1");
  }

  private static List<String> names(java.util.function.Predicate<Caller> may) {
    List<String> names = new ArrayList<>();
    callers()
        .forEach(
            (name, caller) -> {
              if (may.test(caller)) {
                names.add(name);
              }
            });
    return names;
  }

  private static Map<String, Caller> callers() {
    Map<String, Caller> callers = new LinkedHashMap<>();
    for (String client : CLIENTS) {
      callers.put(client, new Caller.Service(client));
      for (String role : ROLES) {
        callers.put(role + " via " + client, new Caller.Person("p", client, Set.of(role)));
      }
      callers.put("nobody via " + client, new Caller.Person("p", client, Set.of()));
    }
    return callers;
  }
}
