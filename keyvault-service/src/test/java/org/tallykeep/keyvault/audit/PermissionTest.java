package org.tallykeep.keyvault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.audit.AuditEvent.Outcome;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.dataset.DatasetFixture;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.platform.Refusal;

/** Who may, and what is written down of who may not. */
class PermissionTest {

  private static final Caller.Person OFFICER =
      new Caller.Person("olivia", "security-console", Set.of("security-officer"));
  private static final Caller.Person MARKETER =
      new Caller.Person("max", "customer-service", Set.of("marketer"));
  private static final Caller SERVICE = new Caller.Service("customer-service");
  private static final KeyRef KEY = new KeyRef(new UUID(1, 2), 3);

  private final Database database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock();
  private final DatasetKeys datasets =
      DatasetFixture.keys(database, BranchFixture.keys(database, new FakeRoot(), clock), 1L << 31);
  private final AuditRepository entries = new AuditRepository(database);
  private final AuditTrail trail =
      AuditFixture.trail(entries, datasets, new Unwitnessed(clock), clock);
  private final Distrust distrust = new Distrust();
  private final Permission permission = new Permission(trail, distrust, clock);

  /** Nobody is trusted once it is said so, each way of asking by itself. */
  private static final class Distrust implements Standing {
    boolean ofAll;
    boolean inRecovery;

    @Override
    public void require(Caller caller, String action) {
      refuseIf(ofAll);
    }

    @Override
    public void requireStill(Connection connection, String officer) {
      throw new UnsupportedOperationException("nothing here is done in a transaction");
    }

    @Override
    public void requireSoFar(Caller caller, String action) {
      refuseIf(inRecovery);
    }

    private static void refuseIf(boolean distrusted) {
      if (distrusted) {
        throw new IllegalStateException("frozen");
      }
    }
  }

  @BeforeEach
  void start() {
    trail.onStart(new StartupEvent());
  }

  @AfterEach
  void stop() {
    trail.onStop(new ShutdownEvent());
  }

  @Test
  void whatIsAllowedIsWrittenDown() {
    permission.require(true, SERVICE, "listen");
    AuditEvent event = only();
    assertThat(event.action()).isEqualTo("listen");
    assertThat(event.outcome()).isEqualTo(Outcome.GRANTED);
    assertThat(event.client()).isEqualTo("customer-service");
    assertThat(event.person()).isEmpty();
    assertThat(event.keys()).isEmpty();
  }

  @Test
  void whatIsNotAllowedIsWrittenDownAndRefused() {
    assertThatThrownBy(() -> permission.require(false, MARKETER, "rewrite", List.of(KEY)))
        .isInstanceOf(Refusal.NotAllowed.class);
    AuditEvent event = only();
    assertThat(event.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(event.person()).contains("max");
    assertThat(event.keys()).containsExactly(new AuditedKey(KEY, false));
    assertThat(event.records()).isEqualTo(1);
  }

  @Test
  void anOfficerMay() {
    assertThat(permission.requireOfficer(OFFICER, "rotate")).isEqualTo("olivia");
    assertThat(permission.requireOfficer(OFFICER, "give-up", "damaged", List.of(KEY)))
        .isEqualTo("olivia");
    assertThat(permission.requireOfficerInRecovery(OFFICER, "override")).isSameAs(OFFICER);
    assertThat(events()).extracting(AuditEvent::outcome).containsOnly(Outcome.GRANTED);
    assertThat(events().get(1).caseId()).contains("damaged");
    assertThat(events().get(1).keys()).hasSize(1);
  }

  @Test
  void nobodyElseMayWhoeverIsTrusted() {
    distrust.ofAll = true;
    distrust.inRecovery = true;
    for (Caller other : List.of(SERVICE, MARKETER)) {
      assertThatThrownBy(() -> permission.requireOfficer(other, "rotate"))
          .isInstanceOf(Refusal.NotAllowed.class);
      assertThatThrownBy(() -> permission.requireOfficerInRecovery(other, "override"))
          .isInstanceOf(Refusal.NotAllowed.class);
    }
    assertThat(events()).hasSize(4).extracting(AuditEvent::outcome).containsOnly(Outcome.REFUSED);
  }

  @Test
  void anOfficerWhoIsNotTrustedNowIsRefusedAndNotOnRecordAsGranted() {
    distrust.ofAll = true;
    assertThatThrownBy(() -> permission.requireOfficer(OFFICER, "rotate")).hasMessage("frozen");
    permission.requireOfficerInRecovery(OFFICER, "override");
    distrust.inRecovery = true;
    assertThatThrownBy(() -> permission.requireOfficerInRecovery(OFFICER, "override"))
        .hasMessage("frozen");
    assertThat(events())
        .extracting(AuditEvent::outcome)
        .containsExactly(Outcome.REFUSED, Outcome.GRANTED, Outcome.REFUSED);
  }

  private AuditEvent only() {
    assertThat(events()).hasSize(1);
    return events().getFirst();
  }

  private List<AuditEvent> events() {
    List<AuditEvent> events = new ArrayList<>();
    new AuditReader(entries, datasets)
        .forEach(Instant.EPOCH, Instant.MAX, opened -> events.add(opened.event()));
    return events;
  }
}
