package org.tallykeep.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.InMemoryLog;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;

class FreezeLedgerTest {

  private static final Instant SINCE = Instant.parse("2026-03-01T08:00:00.123456Z");
  private static final String ALICE = "5d7a1c1e-3f5e-4c53-9d86-0d5f0c4b6a11";

  private final Database database = TestDatabase.migrated();
  private final BranchKeys branches =
      BranchFixture.keys(database, new FakeRoot(), new MovableClock());
  private final InMemoryLog log = new InMemoryLog();
  private final Replica here = new Replica();

  /** One replica's ledger, with its freezes. */
  private final class Replica {
    private final RevocationLedger ledger = LedgerFixture.on(log, database, branches);
    private final FreezeLedger freezes = LedgerFixture.freezes(ledger, database, branches);

    private Replica() {
      ledger.catchUp();
    }
  }

  @Test
  void whoIsFrozenIsReadByAnotherReplicaUntilItIsLifted() {
    LedgerFreeze alice = person(ALICE);
    LedgerFreeze service = credential();
    here.freezes.freeze(alice);
    here.freezes.freeze(service);
    assertThat(new Replica().freezes.said().inForce()).containsExactly(alice, service);

    here.freezes.lift(alice.id());
    FreezeLedger.Said said = new Replica().freezes.said();
    assertThat(said.inForce()).containsExactly(service);
    assertThat(said.lifted()).containsExactly(alice.id());
  }

  @Test
  void nobodyReadsFromTheLedgerWhoIsFrozenOrWhetherItIsAPerson() {
    here.freezes.freeze(person(ALICE));
    here.freezes.freeze(credential());
    byte[] entry = log.read(2).orElseThrow();
    for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE)) {
      assertThat(HexFormat.of().formatHex(entry))
          .doesNotContain(HexFormat.of().formatHex(ALICE.getBytes(charset)))
          .doesNotContain(HexFormat.of().formatHex("person".getBytes(charset)));
    }
    assertThat(entry).hasSameSizeAs(log.read(3).orElseThrow());
    assertThat(person(ALICE).toString()).doesNotContain(ALICE);
  }

  @Test
  void aFreezeIsWrittenOnceHoweverManyReplicasWriteIt() throws Exception {
    LedgerFreeze alice = person(ALICE);
    List<Callable<Void>> calls = new ArrayList<>();
    for (Replica each : List.of(here, new Replica(), new Replica(), new Replica())) {
      calls.add(
          () -> {
            each.freezes.freeze(alice);
            return null;
          });
    }
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Void> each : threads.invokeAll(calls)) {
        each.get();
      }
    }
    assertThat(log.entries).hasSize(2);
  }

  @Test
  void whatWasLiftedStaysSoWhoeverWritesItOnceMore() {
    LedgerFreeze alice = person(ALICE);
    here.freezes.lift(alice.id());
    here.freezes.lift(alice.id());
    here.freezes.freeze(alice);
    assertThat(log.entries).hasSize(2);
    assertThat(new Replica().freezes.said().inForce()).isEmpty();

    // Even where somebody wrote it who did not look.
    append(new LedgerEntry.Frozen(alice.id(), new byte[500]));
    assertThat(new Replica().freezes.said().inForce()).isEmpty();
  }

  @Test
  void aFreezeThatWasSealedForAnotherIsNotTaken() {
    here.freezes.freeze(person(ALICE));
    LedgerEntry.Frozen true1 =
        (LedgerEntry.Frozen) LedgerEntry.decode(log.read(2).orElseThrow()).body();
    append(new LedgerEntry.Frozen(UUID.randomUUID(), true1.sealed()));
    Replica another = new Replica();
    assertThatThrownBy(another.freezes::said)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("not sealed by this service");
    assertThat(another.freezes.readable())
        .extracting(LedgerFreeze::name)
        .as("the others are put back")
        .containsExactly(ALICE);
  }

  @Test
  void whoeverWritesToTheLogWithoutTheKeyLiftsNothing() {
    LedgerFreeze alice = person(ALICE);
    here.freezes.freeze(alice);
    append(new LedgerEntry.Lifted(new byte[LedgerEntry.MARK_LENGTH], alice.id()));
    assertThatThrownBy(Replica::new)
        .isInstanceOf(LedgerBroken.class)
        .hasMessageContaining("lifts what this service did not lift");
  }

  @Test
  void theMarkOfOneLiftingIsNoneOfAnother() {
    LedgerFreeze alice = person(ALICE);
    LedgerFreeze service = credential();
    here.freezes.freeze(alice);
    here.freezes.freeze(service);
    here.freezes.lift(service.id());
    LedgerEntry.Lifted lifted =
        (LedgerEntry.Lifted) LedgerEntry.decode(log.read(4).orElseThrow()).body();
    append(new LedgerEntry.Lifted(lifted.mark(), alice.id()));
    assertThatThrownBy(Replica::new).isInstanceOf(LedgerBroken.class);
  }

  @Test
  void freezesAndDestroyedKeysStandSideBySide() {
    UUID key = UUID.randomUUID();
    here.freezes.freeze(person(ALICE));
    here.ledger.destroy(Kind.SUBJECT, Mode.SEVER, List.of(key));
    Replica another = new Replica();
    assertThat(another.ledger.isDestroyed(Kind.SUBJECT, key)).isTrue();
    assertThat(another.freezes.said().inForce()).hasSize(1);
    assertThat(another.ledger.size()).isEqualTo(1);
  }

  @Test
  void beforeItIsSealedItIsAsItIsWrittenDown() {
    LedgerFreeze freeze =
        new LedgerFreeze(
            new UUID(1, 2), new UUID(3, 4), "person", "éb", Set.of("link", "*"), SINCE);
    byte[] plain = freeze.encoded();
    assertThat(plain).hasSize(384);
    assertThat(HexFormat.of().formatHex(plain))
        .isEqualTo(
            "01"
                + "00000000000000030000000000000004"
                + "00064bf1db626240"
                + "0004"
                + "0006706572736f6e"
                + "0003c3a962"
                + "00012a"
                + "00046c696e6b"
                + "00".repeat(384 - 49));
    assertThat(LedgerFreeze.decoded(freeze.id(), plain)).isEqualTo(freeze);
    for (int length = 0; length < 49; length++) {
      byte[] cut = Arrays.copyOf(plain, length);
      assertThatThrownBy(() -> LedgerFreeze.decoded(freeze.id(), cut))
          .isInstanceOf(NotGenuine.class);
    }
  }

  @Test
  void theLongestNameFits() {
    LedgerFreeze freeze = person("é".repeat(255));
    here.freezes.freeze(freeze);
    assertThat(new Replica().freezes.said().inForce()).containsExactly(freeze);
    assertThatThrownBy(() -> here.freezes.freeze(person("x".repeat(70_000))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void append(LedgerEntry.Body body) {
    long last = log.entries.size();
    byte[] head = LedgerEntry.hash(log.read(last).orElseThrow());
    log.append(last + 1, new LedgerEntry(last + 1, head, SINCE, body).encoded());
  }

  private static LedgerFreeze person(String name) {
    return freeze("person", name, Set.of("*"));
  }

  private static LedgerFreeze credential() {
    return freeze("credential", "customer-service", Set.of("grants", "link"));
  }

  private static LedgerFreeze freeze(String sort, String name, Set<String> purposes) {
    return new LedgerFreeze(UUID.randomUUID(), UUID.randomUUID(), sort, name, purposes, SINCE);
  }
}
