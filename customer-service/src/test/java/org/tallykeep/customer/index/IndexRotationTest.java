package org.tallykeep.customer.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.platform.problem.Unavailable;

/** When the job works, rests and tells the key service what. */
class IndexRotationTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final IndexVersions versions = new IndexVersions(database.transactions(), keys);
  private final Things things = new Things();
  private final List<String> told = new ArrayList<>();
  private @Nullable RuntimeException away;

  /** The key service's side; no class: the framework would take one for an endpoint. */
  private final IndexRotation job =
      new IndexRotation(
          database.transactions(),
          versions,
          List.of(things),
          IndexFixture.keyService(this::answer));

  @Test
  void allIsNotedAsDoneBeforeItIsCompleted() {
    keys.indexVersions().make(2);
    things.left = 3;

    job.whenItIsAsked();

    assertThat(things.moves).isOne();
    assertThat(told.subList(told.size() - 2, told.size()))
        .containsExactly("note Retagged[done=7, total=7]", "complete");
  }

  @Test
  void whatCameInMeanwhileIsSeenBeforeTheOlderVersionEnds() {
    versions.load();
    keys.indexVersions().make(2);
    things.late = true;

    job.whenItIsAsked();
    assertThat(told).doesNotContain("complete");
    assertThat(versions.load().coming()).hasValue(2);
    things.late = false;
    job.whenItIsAsked();

    assertThat(told).contains("complete");
  }

  @Test
  void workThatFailedIsNotBegunAnewAtOnce() {
    keys.indexVersions().make(2);
    things.left = 1;
    things.failure = new IllegalStateException("broken");

    job.whenItIsAsked();
    job.whenItIsAsked();
    assertThat(things.moves).isOne();
    things.failure = null;
    for (int turn = 0; turn < 12; turn++) {
      job.whenItIsAsked();
    }

    assertThat(told).contains("complete");
  }

  @Test
  void workThatTheKeyServiceStoppedIsGoneOnWithSoon() {
    keys.indexVersions().make(2);
    things.left = 1;
    things.failure = new Unavailable("away", "Try again.", Duration.ofSeconds(1), null);
    job.whenItIsAsked();
    things.failure = null;

    job.whenItIsAsked();
    job.whenItIsAsked();

    assertThat(told).contains("complete");
  }

  @Test
  void askingAKeyServiceThatIsAwayIsRepeatedInTheNextTurn() {
    keys.indexVersions().make(2);
    away = new IllegalStateException("no connection");
    job.whenItIsAsked();
    away = null;

    job.whenItIsAsked();

    assertThat(told).contains("complete");
  }

  private @Nullable Object answer(String method, Object[] arguments) {
    RuntimeException failure = away;
    if (failure != null) {
      throw failure;
    }
    if (method.equals("underWay")) {
      return new KeyServiceIndex.UnderWay(List.of(new KeyServiceIndex.Asked(new UUID(0, 2), 2)));
    }
    told.add(method.equals("note") ? "note " + arguments[1] : method);
    return null;
  }

  /** Rows that are moved all at once. */
  private static final class Things implements Reindexed {
    long left;
    int moves;
    boolean late;
    @Nullable RuntimeException failure;

    @Override
    public String name() {
      return "things";
    }

    @Override
    public void move(IndexVersions versions, Count count) {
      moves++;
      RuntimeException thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
      count.add(left);
      left = 0;
    }

    @Override
    public long left(Connection connection, int version) {
      return left;
    }

    @Override
    public boolean isAnyLeft(Connection connection, int version) {
      return left > 0 || late;
    }

    @Override
    public long total(Connection connection) {
      return 7;
    }

    @Override
    public int forget(Connection connection, int version) {
      return 0;
    }
  }
}
