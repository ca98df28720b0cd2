package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.customer.purchaser.Buyer;
import org.tallykeep.customer.purchaser.Purchasers;

/** Profiles with several external ids, sent in bulk. */
class ProfileWriterTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final ProfilesFixture profiles = new ProfilesFixture(database.transactions(), keys);

  @Test
  void aCustomerIsTheSameByEachOfTheirIds() {
    UUID customer = created(write(all("Ada", "a", "b", "c")).getFirst());

    assertThat(find("a")).isEqualTo(find("b")).isEqualTo(find("c")).containsExactly(customer);
    assertThat(write(all("Ada", "b", "a", "c"))).containsExactly(new Outcome.Updated(customer));
    assertThat(write(all("Ada", "b", "a", "c"))).containsExactly(new Outcome.Unchanged(customer));
  }

  @Test
  void idsThatAreNotSentAreRemoved() {
    UUID customer = created(write(all("Ada", "a", "b")).getFirst());

    assertThat(write(all("Ada", "b", "c"))).containsExactly(new Outcome.Updated(customer));

    assertThat(find("a")).isEmpty();
    assertThat(find("b")).containsExactly(customer);
    assertThat(find("c")).containsExactly(customer);
    assertThat(ids(customer)).containsExactly("b", "c");
  }

  @Test
  void theShortFormKeepsTheOthers() {
    UUID customer = created(write(all("Ada", "a", "b")).getFirst());

    assertThat(write(only("Eva", "b"))).containsExactly(new Outcome.Updated(customer));

    assertThat(ids(customer)).containsExactly("a", "b");
    assertThat(find("a")).containsExactly(customer);
  }

  @Test
  void idsOfTwoCustomersAreNobodys() {
    write(all("Ada", "a"), all("Eva", "b"));

    assertThat(write(all("Ada", "a", "b"), all("Ida", "i")))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo(Outcome.OF_SEVERAL),
            second -> assertThat(second).isInstanceOf(Outcome.Created.class));
    assertThat(ids(find("a").iterator().next())).containsExactly("a");
  }

  @Test
  void twoRowsOfOneCustomerAreTakenOneAfterTheOther() {
    UUID customer = created(write(all("Ada", "a", "b")).getFirst());

    List<Outcome> outcomes = write(only("Eva", "a"), only("Ida", "b"), all("Uta", "u"));

    assertThat(outcomes.subList(0, 2)).containsOnly(new Outcome.Updated(customer));
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Created.class);
    assertThat(profiles.reader.masked(List.of(customer)).values())
        .extracting(CustomerView::name)
        .containsExactly(new CustomerView.NameView("I•••", null));
  }

  @Test
  void aRowThatComesAgainDoesNotOverwriteWhatWasChangedSince() {
    UUID customer = created(write(all("Ada", "a")).getFirst());
    UUID row = UUID.randomUUID();
    assertThat(write(new RowOfAJob(row, false), all("Eva", "a")))
        .containsExactly(new Outcome.Updated(customer));
    write(all("Ida", "a"));

    assertThat(write(new RowOfAJob(row, true), all("Eva", "a")))
        .containsExactly(new Outcome.Updated(customer));

    assertThat(profiles.reader.masked(List.of(customer)).values())
        .extracting(CustomerView::name)
        .containsExactly(new CustomerView.NameView("I•••", null));
    assertThat(write(new RowOfAJob(UUID.randomUUID(), true), all("Eva", "a")))
        .containsExactly(new Outcome.Updated(customer));
    assertThat(profiles.reader.masked(List.of(customer)).values())
        .extracting(CustomerView::name)
        .containsExactly(new CustomerView.NameView("E•••", null));
  }

  private record RowOfAJob(UUID id, boolean again) implements NewIds {
    @Override
    public UUID of(int row) {
      return id;
    }

    @Override
    public boolean lasting() {
      return true;
    }
  }

  @Test
  void whoBoughtWithoutAProfileIsJoinedByANewCustomerAlone() {
    UUID known = created(write(all("Ada", "a")).getFirst());
    UUID first = purchaser("anonymous-1");
    purchaser("anonymous-2");
    purchaser("anonymous-3");

    assertThat(write(all("Ada", "a", "anonymous-2"))).containsExactly(Outcome.OF_ANONYMOUS_BUYER);
    assertThat(write(all("Eva", "anonymous-2", "anonymous-3"))).containsExactly(Outcome.OF_SEVERAL);
    UUID made = created(write(all("Ida", "i", "anonymous-1")).getFirst());

    assertThat(ids(known)).containsExactly("a");
    assertThat(profiles.links.links.purchasersOf(Set.of(made))).containsEntry(made, first);
  }

  @Test
  void allIdsAreFoundUnderTheNewerIndexKeyAlone() {
    UUID customer = created(write(all("Ada", "a", "b", "c")).getFirst());
    write(all("Eva", "d"));
    keys.indexVersions().make(2);

    IndexFixture.rotation(
            database.transactions(),
            profiles.index,
            profiles.reindexed(Set.of()),
            keys.indexVersions(),
            2)
        .run();

    assertThat(keys.indexVersions().isLive(1)).isFalse();
    assertThat(find("a")).isEqualTo(find("b")).isEqualTo(find("c")).containsExactly(customer);
    assertThat(write(all("Ada", "b"))).containsExactly(new Outcome.Updated(customer));
    assertThat(find("a")).isEmpty();
    assertThat(database.number("SELECT count(*) FROM customer_external_id")).isEqualTo(2);
  }

  private List<Outcome> write(NewIds ids, Profile... sent) {
    return profiles.writer.write(List.of(sent), ids, ProfilesFixture.IMPORT);
  }

  private List<Outcome> write(Profile... sent) {
    return profiles.writer.write(List.of(sent), ProfilesFixture.IMPORT);
  }

  private Set<UUID> find(String id) {
    return profiles.reader.find(new CustomerSearch.ByExternalId(id));
  }

  private @Nullable List<String> ids(UUID customer) {
    return profiles
        .reader
        .view(
            profiles.reader.find(customer).orElseThrow(),
            Set.of(Keys.Personal.IDENTITY),
            new Keys.Asking("token", "why"))
        .orElseThrow()
        .externalIds();
  }

  private UUID purchaser(String externalId) {
    Purchasers purchasers = profiles.links.purchasers;
    return purchasers.resolve(List.of(new Buyer.ByExternalId(externalId))).getFirst().orElseThrow();
  }

  private static UUID created(Outcome outcome) {
    return ((Outcome.Created) outcome).id();
  }

  private static Profile all(String given, String... ids) {
    return profile(given, false, ids);
  }

  private static Profile only(String given, String id) {
    return profile(given, true, id);
  }

  private static Profile profile(String given, boolean othersStay, String... ids) {
    Profile base = ProfilesFixture.someone(given, List.of(), List.of());
    return new Profile(
        Arrays.asList(ids),
        othersStay,
        base.name(),
        null,
        Stream.of(ids).map(id -> id + "@example.org").toList(),
        List.of(),
        List.of(),
        null,
        AttributeValues.NONE);
  }
}
