package org.tallykeep.keyvault.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.tallykeep.evidence.AuditInspection;

/**
 * What a principal was given in a span of time, as the audit says.
 *
 * @param fromAssumed whether nobody said from when on the principal was not to be trusted
 * @param people how many customers: distinct subject keys
 * @param pseudonyms how many purchasers whose customer was looked up: distinct pseudonym keys;
 *     counted apart, because nothing joins them to people
 * @param records how many keys in all, each time it was handed out
 * @param byPurpose the same by purpose
 * @param datasets versions of dataset keys by purpose: each opens every row that was sealed under
 *     it
 * @param refused how many requests got nothing
 * @param first when the first of these keys was handed out
 * @param last when the last was
 * @param audit whether the audit is as it was written
 * @param unreadable entries that could not be opened, and so are not counted
 */
public record Exposure(
    Instant from,
    boolean fromAssumed,
    Instant until,
    long people,
    long pseudonyms,
    long records,
    SortedMap<String, Count> byPurpose,
    SortedMap<String, SortedSet<Integer>> datasets,
    long refused,
    Optional<Instant> first,
    Optional<Instant> last,
    AuditInspection.Report audit,
    long unreadable) {

  /**
   * Of one purpose.
   *
   * @param keys distinct ones
   */
  public record Count(long keys, long records) {}

  /** What the figures mean, for whoever reads the report. */
  List<String> remarks() {
    if (records == 0 && refused == 0 && unreadable == 0 && audit.isGenuine()) {
      return List.of(
          "No key was handed out and no request refused in this time. If that surprises, check the"
              + " name: a person goes by the sub of their token, a credential by its client id and"
              + " for what it asked in its own right.");
    }
    return datasets.entrySet().stream()
        .map(
            each ->
                "The key of the dataset %s was handed out in version %s: every row sealed under it counts as exposed."
                    .formatted(
                        each.getKey(),
                        String.join(", ", each.getValue().stream().map(String::valueOf).toList())))
        .toList();
  }
}
