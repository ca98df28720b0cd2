package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTest {

  private final AtomicInteger made = new AtomicInteger();

  private Pool<Integer> pool(int size) {
    return new Pool<>(size, made::incrementAndGet);
  }

  @Test
  void whatIsGivenBackIsTakenAgain() {
    Pool<Integer> pool = pool(2);
    int first = pool.take();
    assertThat(pool.give(first)).isTrue();
    assertThat(pool.take()).isEqualTo(first);
    assertThat(made).hasValue(1);
  }

  @Test
  void whoeverFindsNoneMakesOne() {
    Pool<Integer> pool = pool(2);
    assertThat(List.of(pool.take(), pool.take(), pool.take())).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,2", "3,4", "4,4", "5,8"})
  void thereAreAsManyPlacesAsAskedForRoundedUpToAPowerOfTwo(int size, int places) {
    Pool<Integer> pool = pool(size);
    assertThat(IntStream.range(0, places).allMatch(pool::give)).isTrue();
    assertThat(pool.give(places)).isFalse();
    assertThat(Stream.generate(pool::take).limit(places))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, places).boxed().toList());
    assertThat(made).hasValue(0);
  }

  @Test
  void onThisMachineTwoAreThereForEachProcessor() {
    Pool<Integer> pool = Pool.forThisMachine(made::incrementAndGet);
    int least = 2 * Runtime.getRuntime().availableProcessors();
    assertThat(IntStream.range(0, least).allMatch(pool::give)).isTrue();
  }

  @Test
  void aVisitConcernsThoseThatAreMeantAndLeavesAllWhereTheyWere() {
    Pool<Integer> pool = pool(4);
    IntStream.range(0, 4).forEach(pool::give);
    List<Integer> visited = new ArrayList<>();
    pool.visit(each -> each % 2 == 0, visited::add);
    assertThat(visited).containsExactlyInAnyOrder(0, 2);
    assertThat(Stream.generate(pool::take).limit(4)).containsExactlyInAnyOrder(0, 1, 2, 3);
    pool.visit(each -> true, visited::add);
    assertThat(visited).hasSize(2);
  }

  @Test
  void aWorkbenchIsUsedAgainAndForgetsTheKeyThatIsClosed() throws Exception {
    List<Workbench> benches = new ArrayList<>();
    WorkbenchPool pool =
        new WorkbenchPool(
            1,
            () -> {
              made.incrementAndGet();
              return (into, at) -> into[at] = (byte) made.incrementAndGet();
            });
    Workbench bench = pool.take();
    pool.give(bench);
    SealingKey key = new SealingKey(Keys.REF, Keys.counting(0), SealingLimit.byRevision(), pool);
    byte[] record = key.seal(Keys.AD, new byte[1]);
    key.open(Keys.AD, record);
    benches.add(pool.take());
    assertThat(benches).containsExactly(bench);
    assertThat(lastKey(bench)).isNotNull();
    pool.give(bench);
    key.close();
    assertThat(lastKey(bench)).isNull();
  }

  @Test
  void aWorkbenchForgetsNoKeyButTheOneThatIsClosed() throws Exception {
    WorkbenchPool pool = new WorkbenchPool(1, () -> (into, at) -> {});
    SealingKey other = new SealingKey(Keys.REF, Keys.counting(1), SealingLimit.byRevision(), pool);
    SealingKey used = new SealingKey(Keys.REF, Keys.counting(0), SealingLimit.byRevision(), pool);
    used.seal(Keys.AD, new byte[1]);
    other.close();
    assertThat(lastKey(pool.take())).isNotNull();
  }

  @Test
  void aWorkbenchThatFindsNoPlaceForgetsItsKey() throws Exception {
    WorkbenchPool pool = new WorkbenchPool(1, () -> (into, at) -> {});
    Workbench one = pool.take();
    Workbench another = pool.take();
    another.seal(
        KeyBytes.wrapping(Keys.counting(0), "AES"), Keys.AD, new byte[SealedRecord.lengthFor(1)]);
    pool.give(one);
    pool.give(another);
    assertThat(lastKey(another)).isNull();
  }

  private static Object lastKey(Workbench bench) throws ReflectiveOperationException {
    var field = Workbench.class.getDeclaredField("lastKey");
    field.setAccessible(true);
    return field.get(bench);
  }
}
