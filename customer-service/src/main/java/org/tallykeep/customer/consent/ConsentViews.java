package org.tallykeep.customer.consent;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Consents as they are shown. */
final class ConsentViews {

  private ConsentViews() {}

  /** What counts now. */
  @Schema(name = "Consents", description = "What counts now, one element a purpose")
  record Current(List<Shown> consents) {
    static Current of(ConsentHistory history) {
      return new Current(history.current().values().stream().map(Shown::of).toList());
    }

    @Override
    public String toString() {
      return "Current[…]";
    }
  }

  /** One consent. */
  @Schema(name = "Consent")
  record Shown(
      @Schema(examples = "email-marketing") String purpose,
      @Schema(enumeration = {"granted", "refused", "withdrawn"}) String decision,
      String source,
      Instant at,
      String wording) {
    static Shown of(Consent consent) {
      return new Shown(
          consent.purpose(),
          consent.decision().word(),
          consent.source(),
          consent.at(),
          consent.wording());
    }

    @Override
    public String toString() {
      return "Shown[…]";
    }
  }

  /** All that was ever said. */
  @Schema(name = "ConsentHistory", description = "The latest first, however late it came in")
  record History(List<Past> consents) {
    static History of(ConsentHistory history) {
      return new History(history.newestFirst().stream().map(Past::of).toList());
    }

    @Override
    public String toString() {
      return "History[…]";
    }
  }

  /** One consent, and who wrote it down. */
  @Schema(name = "PastConsent")
  record Past(
      String purpose,
      String decision,
      String source,
      Instant at,
      String wording,
      @Schema(description = "When it came in") Instant received,
      Who recorder) {
    static Past of(ConsentHistory.Entry entry) {
      Shown shown = Shown.of(entry.consent());
      return new Past(
          shown.purpose,
          shown.decision,
          shown.source,
          shown.at,
          shown.wording,
          entry.received(),
          new Who(entry.recorder().kind(), entry.recorder().name()));
    }

    @Override
    public String toString() {
      return "Past[…]";
    }
  }

  /** Who wrote it down. */
  @Schema(name = "ConsentRecorder")
  record Who(
      @Schema(enumeration = {"person", "import"}) String kind,
      @Schema(description = "The person as the issuer knows them, or the machine's client")
          String name) {
    @Override
    public String toString() {
      return "Who[…]";
    }
  }
}
