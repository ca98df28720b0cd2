package org.tallykeep.customer.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.CsvOutput;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Keys.Personal;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.SealingKey;

/** Opens customers page by page, in the order of their random ids, as they would be sent. */
@Singleton
public final class ProfileExport {

  private static final int MOST_IDS = 8;
  private static final ProfileCodec.Identity NO_IDENTITY =
      new ProfileCodec.Identity(
          ProfileCodec.VERSION,
          null,
          null,
          null,
          null,
          null,
          List.of(),
          Collections.emptySortedMap());
  private static final ProfileCodec.Contact NO_CONTACT =
      new ProfileCodec.Contact(
          ProfileCodec.VERSION, List.of(), List.of(), List.of(), Collections.emptySortedMap());

  private final Transactions transactions;
  private final Keys keys;
  private final Attributes attributes;

  ProfileExport(Transactions transactions, Keys keys, Attributes attributes) {
    this.transactions = transactions;
    this.keys = keys;
    this.attributes = attributes;
  }

  /**
   * What is to be opened.
   *
   * @param grant of the job
   * @param named whether the customer's own id is among the external ids, where there is room
   */
  public record Wanted(UUID grant, Set<Personal> purposes, boolean named) {
    public Wanted {
      purposes = Set.copyOf(purposes);
    }
  }

  /**
   * Some customers.
   *
   * @param profiles of those who could be opened
   * @param seen how many there were
   * @param last behind whom to go on; null if there is nobody
   */
  public record Page(List<ObjectNode> profiles, int seen, @Nullable UUID last) {
    /** Says nothing of anybody. */
    @Override
    public String toString() {
      return "Page[" + seen + "]";
    }
  }

  /** How another deployment may know a customer who has no id there. */
  public static String name(UUID customer) {
    return "customer:" + customer;
  }

  /** How many customers there are. */
  public long count() {
    return transactions.call(CustomerRepository::count);
  }

  /** Profiles as CSV, with the attributes that are declared now. */
  public CsvOutput csv() {
    return new CustomerCsv(attributes.all());
  }

  /**
   * The customers behind an id. Who is erased, or whose keys do not come for another reason, is
   * left out.
   */
  public Page page(UUID behind, int most, Wanted wanted) {
    List<CustomerRow> rows = transactions.call(c -> CustomerRepository.behind(c, behind, most));
    if (rows.isEmpty()) {
      return new Page(List.of(), 0, null);
    }
    LeftRows left = new LeftRows("customers");
    Map<UUID, ObjectNode> opened = open(rows, wanted, left);
    List<CustomerRow> unopened =
        rows.stream().filter(row -> !opened.containsKey(row.id())).toList();
    if (!unopened.isEmpty()) {
      // A key that was replaced since opens nothing more; the row is under the next one.
      opened.putAll(
          open(
              transactions.call(c -> CustomerRepository.replacedSince(c, unopened)), wanted, left));
    }
    left.say();
    List<ObjectNode> profiles =
        rows.stream().map(row -> opened.get(row.id())).filter(Objects::nonNull).toList();
    return new Page(profiles, rows.size(), rows.getLast().id());
  }

  private Map<UUID, ObjectNode> open(List<CustomerRow> rows, Wanted wanted, LeftRows left) {
    Map<UUID, ObjectNode> opened = new HashMap<>();
    if (rows.isEmpty()) {
      return opened;
    }
    try (BulkKeys bulk =
        BulkKeys.open(
            keys, wanted.grant, wanted.purposes, rows.stream().map(CustomerRow::key).toList())) {
      for (int i = 0; i < rows.size(); i++) {
        int place = i;
        CustomerRow row = rows.get(i);
        if (bulk.has(place)) {
          left.open(() -> document(row, bulk, place, wanted.named))
              .ifPresent(document -> opened.put(row.id(), document));
        }
      }
    }
    return opened;
  }

  private ObjectNode document(CustomerRow row, BulkKeys bulk, int place, boolean named) {
    SealingKey identity = bulk.of(Personal.IDENTITY, place);
    SealingKey contact = bulk.of(Personal.CONTACT, place);
    Profile profile =
        ProfileCodec.profile(
            identity == null ? NO_IDENTITY : ProfileSealer.identity(row, identity),
            contact == null ? NO_CONTACT : ProfileSealer.contact(row, contact),
            ProfileSealer.mask(row, bulk.mask(place)).attributes());
    return ProfileDocument.whole(named ? named(row.id(), profile) : profile, attributes);
  }

  private static Profile named(UUID id, Profile profile) {
    if (profile.externalIds().size() >= MOST_IDS || profile.externalIds().contains(name(id))) {
      return profile;
    }
    return new Profile(
        Stream.concat(profile.externalIds().stream(), Stream.of(name(id))).toList(),
        false,
        profile.name(),
        profile.birthDate(),
        profile.emails(),
        profile.phones(),
        profile.addresses(),
        profile.locale(),
        profile.attributes());
  }
}
