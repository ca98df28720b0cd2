package org.tallykeep.customer.purchaser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.TestDatabase;

/** The tags of anonymous buyers while the index key is turned over. */
class AnonymousIdsTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final People people = new People(database, keys);

  @Test
  void anAnonymousBuyerStaysTheSameBeforeDuringAndAfter() {
    UUID before = people.purchaserOf("a");
    keys.indexVersions().make(2);
    IndexFixture.introduce(people.index, 2);
    UUID during = people.purchaserOf("b");
    assertThat(people.purchaserOf("a")).isEqualTo(before);

    rotate();

    assertThat(keys.indexVersions().isLive(1)).isFalse();
    assertThat(people.purchaserOf("a")).isEqualTo(before);
    assertThat(people.purchaserOf("b")).isEqualTo(during).isNotEqualTo(before);
    assertThat(database.number("SELECT count(tag_a) FROM purchaser_external_id")).isZero();
  }

  @Test
  void aBuyerFromBeforeExternalIdsWereKeptIsWaitedFor() throws Exception {
    UUID old = people.purchaserOf("old");
    UUID kept = people.purchaserOf("kept");
    database.execute(
        "UPDATE purchaser_external_id SET external_id = NULL WHERE purchaser_id = '%s'"
            .formatted(old));
    keys.indexVersions().make(2);

    rotate();

    assertThat(keys.indexVersions().isLive(1)).as("both versions stay").isTrue();
    assertThat(people.purchaserOf("kept")).isEqualTo(kept);
    assertThat(people.purchaserOf("old")).isEqualTo(old);
    // Met again, it is known what the tag is to be made of.
    rotate();
    assertThat(keys.indexVersions().isLive(1)).isFalse();
    assertThat(people.purchaserOf("old")).isEqualTo(old);
  }

  @Test
  void whoSignsUpMeanwhileTakesOverTheirHistory() {
    UUID anonymous = people.purchaserOf("later-known");
    keys.indexVersions().make(2);
    IndexFixture.introduce(people.index, 2);

    UUID customer = people.signUp("later-known").getFirst();

    assertThat(people.purchaserOf(customer)).isEqualTo(anonymous);
    assertThat(people.signUp("later-known")).as("the same external id").isEmpty();
  }

  @Test
  void aRowThatWasMovedToAnotherBuyerIsLeftAndStopsNoOther() throws Exception {
    people.purchaserOf("a");
    people.purchaserOf("b");
    database.execute(
        """
        UPDATE purchaser_external_id SET external_id =
            (SELECT external_id FROM purchaser_external_id ORDER BY tag_a DESC LIMIT 1)
        WHERE tag_a = (SELECT min(tag_a) FROM purchaser_external_id)
        """);
    keys.indexVersions().make(2);

    rotate();

    assertThat(keys.indexVersions().isLive(1)).isTrue();
    assertThat(database.number("SELECT count(tag_b) FROM purchaser_external_id")).isOne();
  }

  @Test
  void whoseExternalIdStandsNowhereMayBeLetGoWhileARotationWaits() throws Exception {
    UnnamedBuyers unnamed = new UnnamedBuyers(people.transactions, people.index);
    UUID old = people.purchaserOf("old");
    UUID kept = people.purchaserOf("kept");
    assertThatThrownBy(unnamed::run).isInstanceOf(Refusal.Conflict.class);
    database.execute(
        "UPDATE purchaser_external_id SET external_id = NULL WHERE purchaser_id = '%s'"
            .formatted(old));
    keys.indexVersions().make(2);
    rotate();
    assertThat(keys.indexVersions().isLive(1)).as("it waits").isTrue();

    assertThat(unnamed.run()).containsEntry("letGo", 1L);
    rotate();

    assertThat(keys.indexVersions().isLive(1)).isFalse();
    assertThat(people.purchaserOf("kept")).isEqualTo(kept);
    assertThat(people.purchaserOf("old")).as("a new buyer").isNotEqualTo(old);
    assertThat(database.number("SELECT count(*) FROM purchaser WHERE id = '%s'".formatted(old)))
        .as("what was counted stays")
        .isOne();
  }

  @Test
  void whoIsLetGoWhileTheyReturnIsANewBuyerFromThenOn() throws Exception {
    UnnamedBuyers unnamed = new UnnamedBuyers(people.transactions, people.index);
    UUID old = people.purchaserOf("old");
    database.execute("UPDATE purchaser_external_id SET external_id = NULL");
    keys.indexVersions().make(2);
    rotate();
    keys.beforeSealing(() -> assertThat(unnamed.run()).containsEntry("letGo", 1L));

    UUID now = people.purchaserOf("old");

    assertThat(now).isNotEqualTo(old);
    assertThat(people.purchaserOf("old")).isEqualTo(now);
  }

  private void rotate() {
    Reindexed reindexed = AnonymousIds.reindexed(database.transactions(), people.anonymousIds);
    IndexFixture.rotation(
            database.transactions(), people.index, List.of(reindexed), keys.indexVersions(), 2)
        .run();
  }
}
