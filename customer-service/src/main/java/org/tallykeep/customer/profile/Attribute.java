package org.tallykeep.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An attribute that was declared.
 *
 * @param choices what it can be, for a choice; empty for all others
 */
record Attribute(
    String name,
    AttributeType type,
    Protection protection,
    boolean searchable,
    boolean segment,
    List<String> choices) {

  Attribute {
    choices = List.copyOf(choices);
  }

  /** Whether that one is the same, or this one with more to choose from. */
  boolean mayBecome(Attribute other) {
    Set<String> theirs = new HashSet<>(other.choices);
    return name.equals(other.name)
        && type == other.type
        && protection == other.protection
        && searchable == other.searchable
        && segment == other.segment
        && theirs.containsAll(choices);
  }

  /** As it is shown. */
  View view() {
    return new View(
        name,
        type.word(),
        protection.word(),
        searchable,
        segment,
        choices.isEmpty() ? null : choices);
  }

  /** As it is shown. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Attribute")
  public record View(
      String name,
      String type,
      String protection,
      boolean searchable,
      boolean segment,
      @org.jspecify.annotations.Nullable List<String> choices) {}
}
