package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.platform.Keys.Personal;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.customer.rekey.Rekey;
import org.tallykeep.envelope.KeyRef;

/** Customers as they are exported, with everything that happens to them meanwhile. */
class ProfileExportTest {

  private static final UUID GRANT = UUID.randomUUID();
  private static final UUID FIRST = new UUID(0, 0);

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final ProfilesFixture profiles = new ProfilesFixture(database.transactions(), keys);
  private final ProfileExport export =
      new ProfileExport(database.transactions(), keys, profiles.attributes);

  @Test
  void onlyWhatWasAskedForIsOpened() {
    write(1);
    ObjectNode identity = page(Set.of(Personal.IDENTITY)).profiles().getFirst();
    ObjectNode contact = page(Set.of(Personal.CONTACT)).profiles().getFirst();
    assertThat(identity.toString()).isEqualTo("{\"name\":{\"given\":\"Ada0\"}}");
    assertThat(contact.toString()).isEqualTo("{\"emails\":[\"ada0@example.org\"]}");
  }

  @Test
  void whoseKeyIsReplacedMeanwhileIsThereAndWhoIsErasedIsNot() {
    write(5);
    List<CustomerRow> rows =
        database.transactions().call(c -> CustomerRepository.behind(c, FIRST, 9));
    AtomicInteger asked = new AtomicInteger();
    keys.beforeGranted(
        grant -> {
          if (asked.incrementAndGet() == 1) {
            replace(rows.get(1).key());
            keys.destroy(rows.get(3).key().id());
          }
        });

    ProfileExport.Page page = page(Set.of(Personal.IDENTITY, Personal.CONTACT));

    assertThat(page.seen()).isEqualTo(5);
    assertThat(page.profiles()).hasSize(4);
    assertThat(page.last()).isEqualTo(rows.get(4).id());
  }

  @Test
  void whoIsErasedBetweenPagesLeavesNoGap() {
    write(5);
    ProfileExport.Wanted wanted = new ProfileExport.Wanted(GRANT, Set.of(Personal.IDENTITY), true);
    ProfileExport.Page first = export.page(FIRST, 2, wanted);
    UUID last = Objects.requireNonNull(first.last());
    database
        .transactions()
        .call(
            c ->
                org.tallykeep.customer.platform.Sql.update(
                    c, "DELETE FROM customer WHERE id = ?", last));
    ProfileExport.Page second = export.page(last, 9, wanted);
    assertThat(second.profiles()).hasSize(3);
    assertThat(second.profiles().getFirst().path("externalIds").path(0).asText())
        .startsWith("customer:");
  }

  private void replace(KeyRef before) {
    KeyRef next = keys.replace(before);
    profiles.resealing.reseal(
        List.of(new Rekey("subject", next.id(), before.version(), next.version())));
    keys.putAside(before);
  }

  private ProfileExport.Page page(Set<Personal> purposes) {
    return export.page(FIRST, 100, new ProfileExport.Wanted(GRANT, purposes, false));
  }

  private void write(int count) {
    profiles.writer.write(
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    ProfilesFixture.someone(
                        "Ada" + i, List.of("ada" + i + "@example.org"), List.of()))
            .toList(),
        NewIds.RANDOM,
        ProfilesFixture.IMPORT);
  }
}
