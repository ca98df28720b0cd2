package org.tallykeep.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the audit trail is not as it was written.
 *
 * @param lane null for a checkpoint
 * @param sequence of the entry, or the number of the checkpoint
 */
public record AuditFault(
    What what, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID lane, long sequence) {

  /** What is wrong there. */
  public enum What {
    /** Entries right before this one are missing. */
    REMOVED("entries right before it are missing"),
    /** It was changed, or put in another's place. */
    CHANGED("it was changed, or put in another's place"),
    /** It does not follow the entry before it. */
    UNCHAINED("it does not follow the entry before it"),
    /** It, or one before it, was written anew: it is not the entry that was witnessed. */
    REWRITTEN("it, or one before it, was written anew after it was witnessed"),
    /** It was witnessed and is not there, nor what followed it. */
    TRUNCATED("it was witnessed and is missing, with all that followed"),
    /** The checkpoint is not signed as it should be, or does not follow the one before it. */
    CHECKPOINT_NOT_GENUINE("the checkpoint is not the one that was signed at this place"),
    /** The checkpoint was witnessed elsewhere and is missing here. */
    CHECKPOINT_MISSING("the checkpoint was witnessed and is missing");

    private final String words;

    What(String words) {
      this.words = words;
    }

    /** As answered. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** For people. */
  public String sentence() {
    return lane == null
        ? "checkpoint %d: %s".formatted(sequence, what.words)
        : "lane %s, entry %d: %s".formatted(lane, sequence, what.words);
  }
}
