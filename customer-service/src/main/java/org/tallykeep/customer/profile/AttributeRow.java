package org.tallykeep.customer.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.RowRefusedException;

/** An attribute's declaration as it is sent, before anything in it is checked. */
@Schema(name = "AttributeDeclaration")
record AttributeRow(
    @Schema(enumeration = {"text", "number", "boolean", "date", "choice"}) @Nullable String type,
    @Schema(
            enumeration = {"identity", "contact", "open"},
            description = "What it is sealed with, and so who sees it")
        @Nullable String protection,
    @Schema(description = "Whether customers can be found by it; not for few values")
        @Nullable Boolean searchable,
    @Schema(description = "Whether audiences can be made by it; open ones alone")
        @Nullable Boolean segment,
    @Schema(description = "For a choice: what it can be, 1 to 200; may grow later")
        @Nullable List<@Nullable String> choices) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]{0,39}");
  private static final int MOST_CHOICES = 200;

  /**
   * @throws RowRefusedException with the field at fault
   */
  Attribute check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new RowRefusedException(
          "invalid-name", "name", "a small letter, then at most 39 letters and digits");
    }
    AttributeType checkedType =
        AttributeType.of(type)
            .orElseThrow(
                () ->
                    new RowRefusedException(
                        "unknown-type", "type", "text, number, boolean, date or choice"));
    Protection checkedProtection =
        Arrays.stream(Protection.values())
            .filter(each -> each.word().equals(protection))
            .findFirst()
            .orElseThrow(
                () ->
                    new RowRefusedException(
                        "unknown-protection", "protection", "identity, contact or open"));
    boolean isSearchable = Boolean.TRUE.equals(searchable);
    boolean isSegment = Boolean.TRUE.equals(segment);
    if (isSearchable) {
      checkSearchable(checkedType, checkedProtection);
    }
    if (isSegment && checkedProtection != Protection.OPEN) {
      throw new RowRefusedException(
          "segment-not-open", "segment", "only for attributes of the protection open");
    }
    return new Attribute(
        name, checkedType, checkedProtection, isSearchable, isSegment, choices(checkedType));
  }

  private static void checkSearchable(AttributeType type, Protection protection) {
    if (type.isOfFewValues()) {
      throw new RowRefusedException(
          "too-few-values",
          "searchable",
          "an attribute of few values cannot be searched by: equal tags would tell them");
    }
    if (protection != Protection.OPEN && type.canBeEnumerated()) {
      throw new RowRefusedException(
          "too-few-values",
          "searchable",
          "a number or a date can be searched by if it is open: all of them can be tried");
    }
  }

  private List<String> choices(AttributeType checked) {
    List<@Nullable String> given = choices == null ? List.of() : choices;
    if (checked != AttributeType.CHOICE && choices != null) {
      throw new RowRefusedException("not-a-choice", "choices", "only for the type choice");
    }
    if (checked == AttributeType.CHOICE && (given.isEmpty() || given.size() > MOST_CHOICES)) {
      throw new RowRefusedException("number-of-choices", "choices", "1 to " + MOST_CHOICES);
    }
    Set<String> distinct = new LinkedHashSet<>();
    int index = 0;
    for (String each : given) {
      String field = "choices[" + index++ + "]";
      String choice = Texts.free(each, field, AttributeType.LONGEST);
      if (choice == null || !distinct.add(choice)) {
        throw new RowRefusedException("invalid-choice", field, "empty, or given before");
      }
    }
    return new ArrayList<>(distinct);
  }
}
