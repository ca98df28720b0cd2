package org.tallykeep.customer.profile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.LinksFixture;

/** Customers over a real database, for the tests of others. */
public final class CustomersFixture {

  private final ProfilesFixture profiles;

  /** Who they buy as. */
  public final LinksFixture links;

  /** What they are found by. */
  public final IndexVersions index;

  /** How they are erased. */
  public final CustomerErasure erasure;

  public CustomersFixture(Transactions transactions, LocalKeys keys) {
    this.profiles = new ProfilesFixture(transactions, keys);
    this.links = profiles.links;
    this.index = profiles.index;
    this.erasure = new CustomerErasure(transactions, index, links.suppression);
  }

  /** Takes profiles as an import does. */
  public List<RowAnswer> send(String... lines) {
    List<Profile> rows =
        Stream.of(lines)
            .map(line -> profiles.checks.read(line.getBytes(StandardCharsets.UTF_8)))
            .toList();
    return profiles.writer.write(rows, ProfilesFixture.IMPORT).stream()
        .map(Outcome::answer)
        .toList();
  }

  /** Whoever is found by an external id. */
  public Set<UUID> find(String externalId) {
    return profiles.reader.find(new CustomerSearch.ByExternalId(externalId));
  }

  /** What a rotation of the index key moves of them. */
  public List<Reindexed> reindexed() {
    return profiles.reindexed(Set.of());
  }
}
