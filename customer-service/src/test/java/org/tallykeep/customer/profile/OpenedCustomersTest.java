package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.SubjectKeys;
import org.tallykeep.customer.platform.TestDatabase;

/** What becomes of customers' tags whose values do not open. */
class OpenedCustomersTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final Set<UUID> destroyed = new HashSet<>();
  private final OpenedCustomers customers =
      new OpenedCustomers(database.transactions(), keys, DestroyedKeysFixture.of(destroyed));

  @Test
  void onlyThoseWhoseKeyIsDestroyedAreErased() {
    List<CustomerRow> rows = create(4);
    keys.destroy(rows.get(0).key().id());
    destroyed.add(rows.get(0).key().id());
    keys.destroy(rows.get(1).key().id());

    OpenedCustomers.Opened<?> opened = open(rows);

    assertThat(opened.erased()).containsExactly(rows.get(0).id());
    assertThat(opened.values())
        .as("unknown is not destroyed: it is left")
        .containsOnlyKeys(rows.get(2).id(), rows.get(3).id());
  }

  @Test
  void oneThatDoesNotOpenStopsNobodyElse() throws Exception {
    List<CustomerRow> rows = create(3);
    database.execute(
        "UPDATE customer SET identity = contact WHERE id = '%s'".formatted(rows.get(1).id()));

    OpenedCustomers.Opened<?> opened = open(rows);

    assertThat(opened.erased()).isEmpty();
    assertThat(opened.values()).containsOnlyKeys(rows.get(0).id(), rows.get(2).id());
  }

  private OpenedCustomers.Opened<?> open(List<CustomerRow> rows) {
    return customers.open(
        Keys.Personal.IDENTITY,
        rows.stream().map(CustomerRow::id).toList(),
        ProfileSealer::identity);
  }

  private List<CustomerRow> create(int count) {
    List<CustomerRow> rows = new ArrayList<>();
    for (SubjectKeys subject : keys.createSubjects(count)) {
      rows.add(ProfileSealer.seal(subject, UUID.randomUUID(), someone()));
      subject.close();
    }
    database.transactions().run(c -> CustomerRepository.insert(c, rows));
    return rows;
  }

  private static Profile someone() {
    return ProfilesFixture.someone("Ada", List.of("ada@example.org"), List.of());
  }
}
