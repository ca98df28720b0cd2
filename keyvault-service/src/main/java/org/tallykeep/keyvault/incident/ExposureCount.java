package org.tallykeep.keyvault.incident;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditedKey;
import org.tallykeep.keyvault.platform.IdTable;

/**
 * Counts keys that were handed out. A key is counted once as a person, and each time as a record.
 */
final class ExposureCount {

  /** By key, a bit for each purpose that it was handed out for. */
  private final IdTable subjects = new IdTable();

  private final IdTable pseudonyms = new IdTable();
  private final SortedMap<String, long[]> byPurpose = new TreeMap<>();
  private final SortedMap<String, SortedSet<Integer>> datasets = new TreeMap<>();
  private long records;
  private long refused;
  private @Nullable Instant first;
  private @Nullable Instant last;

  void add(AuditEvent event) {
    if (event.outcome() != AuditEvent.Outcome.GRANTED) {
      refused++;
      return;
    }
    List<AuditedKey> released = event.keys().stream().filter(AuditedKey::released).toList();
    if (released.isEmpty()) {
      return;
    }
    for (Purpose purpose : purposes(event)) {
      released.forEach(key -> add(purpose, key));
    }
    first = first == null || event.at().isBefore(first) ? event.at() : first;
    last = last == null || event.at().isAfter(last) ? event.at() : last;
  }

  /** Keys that are made are handed out for several purposes at once. */
  private static List<Purpose> purposes(AuditEvent event) {
    return Arrays.stream(event.purpose().split("\\+", -1))
        .map(Purpose::named)
        .flatMap(Optional::stream)
        .toList();
  }

  private void add(Purpose purpose, AuditedKey key) {
    records++;
    long[] counts = byPurpose.computeIfAbsent(purpose.label(), label -> new long[2]);
    counts[1]++;
    if (purpose.family() == Family.DATASET) {
      if (datasets
          .computeIfAbsent(purpose.label(), label -> new TreeSet<>())
          .add(key.ref().version())) {
        counts[0]++;
      }
      return;
    }
    IdTable table = purpose.family() == Family.SUBJECT ? subjects : pseudonyms;
    long bit = 1L << purpose.ordinal();
    long known = table.get(key.ref().id());
    if ((known & bit) == 0) {
      table.put(key.ref().id(), known | bit);
      counts[0]++;
    }
  }

  /** What was handed out, to be replaced. */
  Touched touched(Optional<Long> faults) {
    SortedSet<Purpose> purposes = new TreeSet<>();
    datasets.keySet().forEach(label -> Purpose.named(label).ifPresent(purposes::add));
    return new Touched(subjects, pseudonyms, purposes, faults);
  }

  long people() {
    return subjects.size();
  }

  long pseudonyms() {
    return pseudonyms.size();
  }

  long records() {
    return records;
  }

  long refused() {
    return refused;
  }

  Optional<Instant> first() {
    return Optional.ofNullable(first);
  }

  Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  SortedMap<String, Exposure.Count> byPurpose() {
    SortedMap<String, Exposure.Count> counts = new TreeMap<>();
    byPurpose.forEach((label, both) -> counts.put(label, new Exposure.Count(both[0], both[1])));
    return counts;
  }

  SortedMap<String, SortedSet<Integer>> datasets() {
    return datasets;
  }
}
