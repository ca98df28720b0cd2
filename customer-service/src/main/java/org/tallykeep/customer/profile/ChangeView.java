package org.tallykeep.customer.profile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A change of a customer as shown. */
@Schema(name = "CustomerChange")
public record ChangeView(
    @Schema(description = "The revision that it made") int revision,
    Instant time,
    Who actor,
    String reason,
    @Schema(description = "What was changed") List<String> fields,
    @Schema(description = "What each of them was before; null is nothing")
        Map<String, @Nullable Object> before) {

  /** Who made it. */
  public record Who(
      @Schema(enumeration = {"person", "import"}) String kind,
      @Schema(description = "The person's sub, or the client that a machine is") String name) {
    @Override
    public String toString() {
      return "Who[…]";
    }
  }

  @Override
  public String toString() {
    return "ChangeView[…]";
  }
}
