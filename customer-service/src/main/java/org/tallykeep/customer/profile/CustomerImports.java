package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.imports.RowFormat;

/** Customers in bulk. */
@Singleton
final class CustomerImports implements ImportKind<Profile> {

  private final ProfileChecks checks;
  private final ProfileWriter writer;
  private final Attributes attributes;

  CustomerImports(ProfileChecks checks, ProfileWriter writer, Attributes attributes) {
    this.checks = checks;
    this.writer = writer;
    this.attributes = attributes;
  }

  @Override
  public String name() {
    return "customers";
  }

  @Override
  public RowFormat<Profile> ndjson() {
    return RowFormat.lines(checks);
  }

  @Override
  public RowFormat<Profile> csv() {
    return RowFormat.csv(new CustomerCsv(attributes.all()), checks);
  }

  @Override
  public Set<String> fieldNames() {
    Set<String> names = new HashSet<>(ProfileRow.FIELDS);
    attributes.all().forEach(attribute -> names.add(attribute.name()));
    return names;
  }

  @Override
  public List<RowAnswer> take(List<Profile> profiles, NewIds ids, String sender) {
    return take(profiles, ids, Actor.importing(sender));
  }

  List<RowAnswer> take(List<Profile> profiles, NewIds ids, Actor actor) {
    return writer.write(profiles, ids, actor).stream().map(Outcome::answer).toList();
  }
}
