package org.tallykeep.keyvault.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.platform.Exit;
import org.tallykeep.keyvault.revocation.LedgerBroken;
import org.tallykeep.keyvault.revocation.LedgerFixture;
import org.tallykeep.keyvault.revocation.RevocationLedger;

class BrokenLedgerTest {

  private final Database database = TestDatabase.migrated();
  private final RevocationLedger ledger =
      LedgerFixture.unread(
          database, BranchFixture.keys(database, new FakeRoot(), new MovableClock()));
  private final LedgerBroken broken = LedgerFixture.broken();
  private final List<String> exits = new ArrayList<>();

  @Test
  void withoutALeaveToRecoverTheServiceEndsAndSaysWhatToDo() {
    assertThat(broken(false).isWaitedFor(broken)).isFalse();
    assertThat(exits)
        .singleElement()
        .asString()
        .contains("ends at entry 2", "TALLYKEEP_LEDGER_RECOVERY=true", "/v1/revocations/ledger");
  }

  @Test
  void withItTheServiceStaysUpAndOpensNothing() {
    BrokenLedger inRecovery = broken(true);
    assertThat(inRecovery.isWaitedFor(broken)).isTrue();
    inRecovery.tell(broken);
    assertThat(exits).isEmpty();
    assertThat(ledger.isReplayed()).isFalse();
    org.assertj.core.api.Assertions.assertThatThrownBy(ledger::requireReplayed).isSameAs(broken);
  }

  private BrokenLedger broken(boolean recovery) {
    return new BrokenLedger(
        () -> recovery,
        ledger,
        new Exit() {
          @Override
          public void because(String reason) {
            exits.add(reason);
          }
        });
  }
}
