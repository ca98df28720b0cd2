package org.tallykeep.keyvault.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
import org.tallykeep.keyvault.platform.Database;

class PersonKeysTest {

  private static final Set<Purpose> ALL =
      Set.of(Purpose.IDENTITY, Purpose.CONTACT, Purpose.LINK, Purpose.MASK);

  private final Database database = TestDatabase.migrated();
  private final BranchKeys branches =
      BranchFixture.keys(database, new FakeRoot(), new MovableClock());
  private final PersonKeys keys = PersonFixture.keys(database, branches);

  @Test
  void unwrappingGivesTheKeysThatCreationGave() {
    List<NewKey> created = keys.create(new PersonKeys.Order(Family.SUBJECT, 50, ALL, false));
    for (Purpose purpose : ALL) {
      List<PurposeKey> opened = keys.unwrap(purpose, created.stream().map(NewKey::ref).toList());
      for (int i = 0; i < created.size(); i++) {
        assertThat(opened.get(i).ref()).isEqualTo(created.get(i).ref());
        assertThat(opened.get(i).key()).isEqualTo(created.get(i).purposeKeys().get(purpose));
      }
    }
  }

  @Test
  void noTwoKeysAndNoTwoPurposesAreTheSame() {
    List<String> all =
        keys.create(new PersonKeys.Order(Family.SUBJECT, 20, ALL, false)).stream()
            .flatMap(key -> key.purposeKeys().values().stream())
            .map(Arrays::toString)
            .toList();
    assertThat(all).hasSize(80).doesNotHaveDuplicates();
  }

  @Test
  void theSameKeyMayBeAskedForTwiceInABatch() {
    KeyRef ref = keys.create(new PersonKeys.Order(Family.SUBJECT, 1, ALL, false)).getFirst().ref();
    assertThat(keys.unwrap(Purpose.LINK, List.of(ref, ref)))
        .hasSize(2)
        .allMatch(PurposeKey::exists);
  }

  @Test
  void anUnknownKeyADestroyedOneAndAMovedOneAllComeEmpty() {
    List<KeyRef> refs =
        keys.create(new PersonKeys.Order(Family.SUBJECT, 3, ALL, false)).stream()
            .map(NewKey::ref)
            .toList();
    execute(
        "UPDATE subject_key SET wrapped = decode(repeat(md5(random()::text), 3), 'hex') WHERE id = '%s'"
            .formatted(refs.get(0).id()));
    execute(
        """
        UPDATE subject_key t SET wrapped = s.wrapped, branch = s.branch FROM subject_key s
        WHERE t.id = '%s' AND s.id = '%s'
        """
            .formatted(refs.get(1).id(), refs.get(2).id()));

    List<PurposeKey> opened =
        keys.unwrap(
            Purpose.LINK,
            List.of(
                refs.get(0),
                refs.get(1),
                refs.get(2),
                new KeyRef(refs.get(2).id(), 2),
                new KeyRef(UUID.randomUUID(), 1)));

    assertThat(opened)
        .extracting(PurposeKey::exists)
        .containsExactly(false, false, true, false, false);
  }

  @Test
  void aSubjectKeyIsNoPseudonymKey() {
    KeyRef ref = keys.create(new PersonKeys.Order(Family.SUBJECT, 1, ALL, false)).getFirst().ref();
    execute(
        "INSERT INTO pseudonym_key SELECT * FROM subject_key WHERE id = '%s'".formatted(ref.id()));
    assertThat(keys.unwrap(Purpose.REIDENTIFY, List.of(ref)).getFirst().exists()).isFalse();
  }

  @Test
  void rowsLieInTheOrderOfIdsAndCarryNothingElse() {
    keys.create(new PersonKeys.Order(Family.SUBJECT, 200, Set.of(Purpose.LINK), false));
    assertThat(
            strings(
                """
                SELECT count(*) = 200 AND bool_and(octet_length(wrapped) = 48)
                  AND count(DISTINCT branch) > 1
                  AND array_agg(id ORDER BY ctid) = array_agg(id ORDER BY id)
                FROM subject_key
                """))
        .isEqualTo("t");
    assertThat(
            strings(
                """
                SELECT string_agg(column_name, ' ' ORDER BY ordinal_position)
                FROM information_schema.columns WHERE table_name = 'subject_key'
                """))
        .isEqualTo("id version branch branch_version wrapped");
  }

  @Test
  void nothingOfAKeyShowsInText() {
    NewKey created = keys.create(new PersonKeys.Order(Family.SUBJECT, 1, ALL, false)).getFirst();
    PurposeKey opened = keys.unwrap(Purpose.LINK, List.of(created.ref())).getFirst();
    for (String text : List.of(created.toString(), opened.toString())) {
      for (byte[] key : Map.copyOf(created.purposeKeys()).values()) {
        assertThat(text).doesNotContain(Arrays.toString(key));
      }
      assertThat(text).doesNotContain("[B@");
    }
    opened.close();
    assertThat(opened.key()).containsOnly(0);
  }

  private void execute(String sql) {
    database.statement(connection -> connection.createStatement().execute(sql));
  }

  private String strings(String sql) {
    return database.statement(
        connection -> {
          try (var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getString(1);
          }
        });
  }

  @Test
  void aDecoyLooksLikeAnyOtherKeyAndIsKnownOnlyInside() {
    List<NewKey> decoys = keys.create(new PersonKeys.Order(Family.SUBJECT, 5, ALL, true));
    List<NewKey> others = keys.create(new PersonKeys.Order(Family.SUBJECT, 5, ALL, false));

    assertThat(keys.unwrap(Purpose.CONTACT, decoys.stream().map(NewKey::ref).toList()))
        .hasSize(5)
        .allMatch(PurposeKey::decoy)
        .allMatch(PurposeKey::exists);
    assertThat(keys.unwrap(Purpose.CONTACT, others.stream().map(NewKey::ref).toList()))
        .noneMatch(PurposeKey::decoy);
    assertThat(keys.decoys(Family.SUBJECT)).isEqualTo(5);
    assertThat(keys.decoys(Family.PSEUDONYM)).isZero();
  }
}
