package org.tallykeep.customer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.platform.problem.Unavailable;

/** Which keys tags are made with, whatever was set back. */
class IndexVersionsTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final IndexVersions replica = new IndexVersions(database.transactions(), keys);

  @Test
  void anotherKeyWithTheNumberOfTheSettledOneIsRefused() {
    replica.with(IndexKeys::versions);
    keys.indexVersions().make(1);

    assertGone(() -> replica.with(IndexKeys::versions));
    assertGone(() -> anotherReplica().with(IndexKeys::versions));
    assertGone(() -> replica.key(replica.load(), 1));
  }

  @Test
  void anotherKeyWithTheNumberOfTheComingOneIsRefusedAndNotIntroduced() {
    keys.indexVersions().make(2);
    begin(1);
    replica.introduce(2);
    Versions before = replica.load();
    keys.indexVersions().make(2);

    assertGone(() -> replica.with(IndexKeys::versions));
    assertGone(() -> replica.introduce(2));
    assertThat(anotherReplica().load()).isEqualTo(before);
  }

  @Test
  void nothingIsIntroducedBesideAnotherKeyThanTheSettledOne() {
    replica.with(IndexKeys::versions);
    keys.indexVersions().make(1);
    keys.indexVersions().make(2);

    assertGone(() -> replica.introduce(2));
    assertThat(anotherReplica().load().coming()).isEmpty();
  }

  @Test
  void whatWasTaggedBeforeIsNotWrittenOnceAnotherKeyIsInForce() {
    IndexKeys before = replica.with(held -> held);
    assertThatThrownBy(
            () ->
                database
                    .transactions()
                    .run(
                        c -> {
                          Sql.update(c, "UPDATE index_version SET settled_id = gen_random_uuid()");
                          before.hold(c);
                        }))
        .isInstanceOf(VersionsChanged.class);
  }

  @Test
  void aRowFromBeforeIdsWereKeptGetsThemWhenItIsFirstUsed() throws Exception {
    KeyRef first = keys.indexVersions().newest().ref();
    keys.indexVersions().make(2);
    database.execute("INSERT INTO index_version (settled, coming) VALUES (1, 2)");

    assertThat(replica.with(IndexKeys::versions))
        .isEqualTo(new Versions(first, Optional.of(keys.indexVersions().newest().ref())));

    keys.indexVersions().make(1);
    assertGone(() -> anotherReplica().with(IndexKeys::versions));
  }

  @Test
  void aReplicaThatKnowsOfNoIdsChangesNothing() throws Exception {
    replica.with(IndexKeys::versions);
    for (String change :
        List.of(
            "UPDATE index_version SET coming = 2",
            "UPDATE index_version SET settled_id = NULL, coming_id = gen_random_uuid()")) {
      assertThatThrownBy(() -> database.execute(change)).isInstanceOf(RuntimeException.class);
    }
    keys.indexVersions().make(2);
    replica.introduce(2);
    assertThatThrownBy(
            () -> database.execute("UPDATE index_version SET settled = 2, coming = NULL"))
        .isInstanceOf(RuntimeException.class);
  }

  private void begin(int version) {
    database.transactions().run(c -> VersionRepository.begin(c, keys.index(version).ref()));
  }

  private IndexVersions anotherReplica() {
    return new IndexVersions(database.transactions(), keys);
  }

  private static void assertGone(ThrowingCallable use) {
    assertThatThrownBy(use).isInstanceOf(Unavailable.class).hasMessageContaining("is not there");
  }
}
