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
  public List<RowAnswer> take(List<Profile> profiles, NewIds ids) {
    return take(profiles, ids, Actor.IMPORT_JOB);
  }

  List<RowAnswer> take(List<Profile> profiles, NewIds ids, Actor actor) {
    return writer.write(profiles, ids, actor).stream()
        .map(outcome -> answer(outcome, ids))
        .toList();
  }

  /**
   * Of a batch that is taken again nobody can tell whether this very row changed the profile before
   * or found it the same, so it counts as taken.
   */
  private static RowAnswer answer(Outcome outcome, NewIds ids) {
    return ids.again() && outcome instanceof Outcome.Unchanged
        ? new RowAnswer.Accepted()
        : outcome.answer();
  }
}
