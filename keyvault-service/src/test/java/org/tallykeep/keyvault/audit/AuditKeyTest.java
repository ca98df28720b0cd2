package org.tallykeep.keyvault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyClosedException;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.dataset.DatasetFixture;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;

/** The key that entries are sealed with: leased for so many, and for a while. */
class AuditKeyTest {

  private static final int LEASE = 1 << 18;

  private final Database database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock();
  private final DatasetKeys datasets =
      DatasetFixture.keys(database, BranchFixture.keys(database, new FakeRoot(), clock), 1L << 31);
  private final AuditKey key = new AuditKey(datasets, clock);

  @Test
  void aLeaseServesForAllItsMessagesAndNotForOneMore() {
    SealingKey first = key.forMessages(LEASE - 7);
    assertThat(key.forMessages(7)).isSameAs(first);
    assertThat(key.forMessages(1)).isNotSameAs(first);
  }

  @Test
  void aLeaseServesForFiveMinutes() {
    SealingKey first = key.forMessages(1);
    clock.advance(Duration.ofMinutes(5));
    assertThat(key.forMessages(1)).isSameAs(first);
    clock.advance(Duration.ofMillis(1));
    assertThat(key.forMessages(1)).isNotSameAs(first);
    assertThatThrownBy(() -> first.seal(AuditLane.place(new UUID(1, 2), 0), new byte[1]))
        .as("it is not in memory any more")
        .isInstanceOf(KeyClosedException.class);
  }

  @Test
  void aKeyThatWasTurnedOverSealsNoMoreOnceItsLeaseEnds() {
    SealingKey before = key.forMessages(1);
    database.run(connection -> datasets.turnOver(connection, Purpose.AUDIT));
    assertThat(key.forMessages(1)).isSameAs(before);
    clock.advance(Duration.ofMinutes(6));
    assertThat(key.forMessages(1).ref().version()).isEqualTo(before.ref().version() + 1);
    assertThat(datasets.live(Purpose.AUDIT, Set.of())).hasSize(2);
  }
}
