package org.tallykeep.keyvault.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.person.ReplacedKeys.Renewed;
import org.tallykeep.keyvault.platform.Database;

/** Keys that get another version, and keys that are overwritten. */
class ReplacedKeysTest {

  private final Database database = TestDatabase.migrated();
  private final BranchKeys branches =
      BranchFixture.keys(database, new FakeRoot(), new MovableClock());
  private final PersonKeys keys = PersonFixture.keys(database, branches);
  private final ReplacedKeys replaced = PersonFixture.replaced(database, branches);

  @Test
  void aRenewedKeyHasAVersionMoreWhichIsAnotherKey() {
    List<KeyRef> refs = create(Family.SUBJECT, 3, false);
    List<String> before = opened(keys.unwrap(Purpose.CONTACT, refs));

    Map<UUID, Renewed> renewed = renew(Family.SUBJECT, refs.subList(0, 2));

    assertThat(renewed)
        .containsOnlyKeys(refs.get(0).id(), refs.get(1).id())
        .containsValue(new Renewed(1, 2));
    assertThat(opened(keys.unwrap(Purpose.CONTACT, refs))).isEqualTo(before);
    List<String> after =
        opened(
            keys.unwrap(
                Purpose.CONTACT, List.of(version(refs.get(0), 2), version(refs.get(1), 2))));
    assertThat(after).doesNotHaveDuplicates().doesNotContainAnyElementsOf(before);
    assertThat(after).doesNotContain("none");
    assertThat(opened(keys.unwrap(Purpose.CONTACT, List.of(version(refs.get(2), 2)))))
        .containsExactly("none");
  }

  @Test
  void whatWasRenewedOnceIsRenewedFromItsNewestVersion() {
    List<KeyRef> refs = create(Family.PSEUDONYM, 1, false);
    renew(Family.PSEUDONYM, refs);
    assertThat(renew(Family.PSEUDONYM, refs)).containsValue(new Renewed(2, 3));
    assertThat(opened(keys.unwrap(Purpose.REIDENTIFY, List.of(version(refs.get(0), 3)))))
        .doesNotContain("none");
  }

  @Test
  void pseudonymsThatAreRenewedTogetherGetOneVersionHoweverOftenTheyWereBefore() {
    List<KeyRef> refs = create(Family.PSEUDONYM, 3, false);
    renew(Family.PSEUDONYM, refs.subList(0, 2));
    renew(Family.PSEUDONYM, refs.subList(0, 1));

    assertThat(renew(Family.PSEUDONYM, refs).values())
        .containsExactlyInAnyOrder(new Renewed(1, 4), new Renewed(2, 4), new Renewed(3, 4));
    assertThat(renew(Family.SUBJECT, create(Family.SUBJECT, 1, false)))
        .containsValue(new Renewed(1, 2));
  }

  @Test
  void aDecoyStaysOneAndARealKeyToo() {
    KeyRef decoy = create(Family.SUBJECT, 1, true).getFirst();
    KeyRef real = create(Family.SUBJECT, 1, false).getFirst();
    renew(Family.SUBJECT, List.of(decoy, real));
    assertThat(keys.unwrap(Purpose.LINK, List.of(version(decoy, 2), version(real, 2))))
        .extracting(PurposeKey::decoy)
        .containsExactly(true, false);
  }

  @Test
  void whatIsBeingReplacedOpensInBothVersionsAndAfterwardsInTheOlderAlone() {
    KeyRef older = create(Family.SUBJECT, 1, false).getFirst();
    KeyRef newer = version(older, 2);
    List<KeyRef> both = List.of(older, newer);
    renew(Family.SUBJECT, List.of(older));
    assertThat(opened(replaced.unwrap(Purpose.CONTACT, both))).containsExactly("none", "none");
    List<String> expected = opened(keys.unwrap(Purpose.CONTACT, both));

    execute("INSERT INTO rekey (kind, id) VALUES ('subject', '%s')".formatted(older.id()));
    assertThat(opened(replaced.unwrap(Purpose.CONTACT, both))).isEqualTo(expected);

    database.run(connection -> replaced.putAside(connection, Family.SUBJECT, List.of(older)));
    execute("UPDATE rekey SET done = true");
    assertThat(opened(keys.unwrap(Purpose.CONTACT, both))).containsExactly("none", expected.get(1));
    assertThat(opened(replaced.unwrap(Purpose.CONTACT, both)))
        .containsExactly(expected.get(0), "none");
  }

  @Test
  void whatIsOverwrittenOpensInNoVersionAndLooksLikeAnyOther() {
    List<KeyRef> refs = create(Family.SUBJECT, 3, false);
    List<KeyRef> decoys = create(Family.SUBJECT, 2, true);
    renew(Family.SUBJECT, refs.subList(0, 1));
    execute("INSERT INTO rekey (kind, id) VALUES ('subject', '%s')".formatted(refs.get(0).id()));
    database.run(connection -> replaced.putAside(connection, Family.SUBJECT, refs.subList(0, 1)));
    assertThat(keys.decoys(Family.SUBJECT)).isEqualTo(2);

    List<UUID> gone = List.of(refs.get(0).id(), refs.get(1).id(), decoys.get(0).id());
    assertThat(overwrite(gone)).isEqualTo(3);

    assertThat(
            opened(
                keys.unwrap(
                    Purpose.CONTACT, List.of(version(refs.get(0), 2), refs.get(1), decoys.get(0)))))
        .containsOnly("none");
    assertThat(opened(replaced.unwrap(Purpose.CONTACT, refs.subList(0, 1))))
        .containsExactly("none");
    assertThat(opened(keys.unwrap(Purpose.CONTACT, List.of(refs.get(2), decoys.get(1)))))
        .doesNotContain("none");
    assertThat(count("SELECT count(*) FROM subject_key WHERE octet_length(wrapped) = 48"))
        .isEqualTo(5);
    assertThat(count("SELECT count(*) FROM compromised_key")).isZero();
    assertThat(count("SELECT count(*) FROM rekey")).isZero();
    assertThat(keys.decoys(Family.SUBJECT)).isEqualTo(1);
    assertThat(overwrite(gone)).as("they are gone already").isZero();
    List<UUID> all = new ArrayList<>(gone);
    all.add(refs.get(2).id());
    all.add(UUID.randomUUID());
    assertThat(
            database.<List<UUID>>transaction(
                connection -> replaced.destroyed(connection, Family.SUBJECT, all)))
        .containsExactly(gone.get(0), gone.get(1), gone.get(2), all.get(4));
    assertThat(renew(Family.SUBJECT, refs.subList(1, 2))).isEmpty();
  }

  @Test
  void nothingIsCreatedOrReplacedByAnEmptyOrder() {
    assertThat(create(Family.SUBJECT, 0, false)).isEmpty();
    assertThat(renew(Family.SUBJECT, List.of())).isEmpty();
    assertThat(overwrite(List.of())).isZero();
    assertThat(keys.destroyed(Family.SUBJECT)).isEmpty();
  }

  private List<KeyRef> create(Family family, int count, boolean decoys) {
    return keys.create(new PersonKeys.Order(family, count, Set.of(), decoys)).stream()
        .map(NewKey::ref)
        .toList();
  }

  private Map<UUID, Renewed> renew(Family family, List<KeyRef> refs) {
    return database.transaction(
        connection -> replaced.renew(connection, family, refs.stream().map(KeyRef::id).toList()));
  }

  private int overwrite(List<UUID> ids) {
    return database.transaction(connection -> keys.overwrite(connection, Family.SUBJECT, ids));
  }

  private static KeyRef version(KeyRef ref, int version) {
    return new KeyRef(ref.id(), version);
  }

  private static List<String> opened(List<PurposeKey> keys) {
    List<String> all = new ArrayList<>();
    for (PurposeKey key : keys) {
      byte[] bytes = key.key();
      all.add(bytes == null ? "none" : HexFormat.of().formatHex(bytes));
    }
    return all;
  }

  private long count(String sql) {
    return database.statement(
        connection -> {
          try (var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getLong(1);
          }
        });
  }

  private void execute(String sql) {
    database.statement(connection -> connection.createStatement().executeUpdate(sql));
  }
}
