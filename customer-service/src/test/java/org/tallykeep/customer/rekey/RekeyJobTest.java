package org.tallykeep.customer.rekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.platform.startup.StartupCheck;

/** What is said of keys that are replaced, and when. */
class RekeyJobTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final Map<UUID, Rekey> waiting = new LinkedHashMap<>();
  private final Set<UUID> absent = new HashSet<>();
  private final Set<UUID> broken = new HashSet<>();
  private final List<UUID> sealed = new ArrayList<>();
  private final Set<UUID> left = new HashSet<>();
  private boolean deaf;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final RekeyJob job =
      new RekeyJob(
          database.transactions(),
          List.of(new Rows()),
          keyService(),
          new Config("off", Duration.ofMinutes(5), Duration.ofMinutes(2)),
          () -> now);

  @Test
  void whatIsSealedIsSaidUntilNothingWaits() {
    ask(2_500);

    assertThat(job.run()).containsEntry("sealed", 2_500L).containsEntry("left", 0L);
    assertThat(waiting).isEmpty();
    assertThat(job.run()).isEmpty();
  }

  @Test
  void whatWasSealedAndNotSaidIsDoneAgain() {
    List<UUID> keys = ask(3);
    deaf = true;
    assertThatThrownBy(job::run).isInstanceOf(IllegalStateException.class);
    deaf = false;

    job.run();

    assertThat(waiting).isEmpty();
    assertThat(sealed).hasSize(6).containsAll(keys);
  }

  @Test
  void whatDoesNotOpenIsLeftUnsaidAndReported() {
    List<UUID> keys = ask(3);
    broken.add(keys.get(1));

    assertThat(job.run()).containsEntry("sealed", 2L).containsEntry("left", 1L);
    assertThat(waiting).containsOnlyKeys(keys.get(1));
    assertThat(left).containsExactly(keys.get(1));
  }

  @Test
  void manyThatCannotBeSealedKeepNoOtherWaiting() {
    broken.addAll(ask(1_500));
    List<UUID> others = ask(1_500);

    assertThat(job.run()).containsEntry("sealed", 1_500L).containsEntry("left", 1_500L);
    assertThat(sealed).containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void aKeyOfWhichThereIsNothingIsSaidOnceNobodyCanStillUseIt() {
    List<UUID> keys = ask(3);
    absent.add(keys.get(0));

    assertThat(job.run()).containsEntry("sealed", 2L).containsEntry("absent", 1L);
    assertThat(left).isEmpty();
    now = now.plus(Duration.ofMinutes(4));
    assertThat(job.run()).containsEntry("absent", 1L).containsEntry("left", 0L);
    now = now.plus(Duration.ofMinutes(1));
    // Others write to this server, too.
    await().untilAsserted(() -> assertThat(sealedInATurn()).isEqualTo(1));
    assertThat(waiting).isEmpty();
  }

  @Test
  void aKeyWhoseRowMayBeAboutToBeCommittedIsNotSaid() {
    UUID key = ask(1).getFirst();
    absent.add(key);
    job.run();
    now = now.plus(Duration.ofMinutes(10));

    database
        .transactions()
        .run(
            c -> {
              Sql.number(c, "SELECT pg_current_xact_id()::text::bigint");
              for (int i = 0; i < 3; i++) {
                assertThat(job.run()).containsEntry("absent", 1L);
              }
            });

    await().untilAsserted(() -> assertThat(sealedInATurn()).isEqualTo(1));
    assertThat(waiting).isEmpty();
  }

  private long sealedInATurn() {
    return job.run().getOrDefault("sealed", 0L);
  }

  @Test
  void aKeyWhoseRowIsWrittenLateIsSealed() {
    UUID key = ask(1).getFirst();
    absent.add(key);
    job.run();
    absent.clear();
    now = now.plus(Duration.ofMinutes(10));

    job.run();

    assertThat(sealed).containsExactly(key);
    assertThat(waiting).isEmpty();
  }

  private List<UUID> ask(int count) {
    List<UUID> keys = IntStream.range(0, count).mapToObj(i -> UUID.randomUUID()).toList();
    keys.forEach(key -> waiting.put(key, new Rekey("subject", key, 1, 2)));
    return keys;
  }

  /** No class: the framework would take one for an endpoint. */
  private KeyServiceRekeys keyService() {
    return (KeyServiceRekeys)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {KeyServiceRekeys.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("waiting")) {
                UUID after = (UUID) arguments[1];
                return new KeyServiceRekeys.Waiting(
                    waiting.values().stream()
                        .filter(key -> after == null || key.id().compareTo(after) > 0)
                        .sorted(Comparator.comparing(Rekey::id))
                        .limit((int) arguments[2])
                        .toList());
              }
              if (deaf) {
                throw new IllegalStateException("no connection");
              }
              List<KeyServiceRekeys.Version> keys = ((KeyServiceRekeys.Said) arguments[0]).keys();
              if (method.getName().equals("leave")) {
                keys.forEach(key -> left.add(key.id()));
              } else {
                keys.forEach(key -> waiting.remove(key.id()));
              }
              return null;
            });
  }

  @Test
  void productionDoesNotStartWhereRowsMayComeAfterTheirKeysWereGivenUp() {
    assertThat(new RekeyCheck(Duration.ofMinutes(5), Duration.ofSeconds(150)).findings()).isEmpty();
    assertThat(new RekeyCheck(Duration.ofMinutes(5), Duration.ofSeconds(151)).findings())
        .singleElement()
        .matches(StartupCheck.Finding::severe);
  }

  private record Config(String checkEvery, Duration absentFor, Duration writeWithin)
      implements RekeyConfig {}

  private final class Rows implements Resealed {
    @Override
    public String kind() {
      return "subject";
    }

    @Override
    public Result reseal(List<Rekey> keys) {
      Set<UUID> done = new HashSet<>();
      Set<UUID> missing = new HashSet<>();
      for (Rekey key : keys) {
        if (absent.contains(key.id())) {
          missing.add(key.id());
        } else if (!broken.contains(key.id())) {
          done.add(key.id());
          sealed.add(key.id());
        }
      }
      return new Result(done, missing);
    }
  }
}
