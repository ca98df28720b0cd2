package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;
import org.tallykeep.keyvault.audit.AuditReader.Opened;

/** Finds entries: the newest of those that are meant. */
@Singleton
final class AuditQuery {

  private final AuditReader reader;

  AuditQuery(AuditReader reader) {
    this.reader = reader;
  }

  /** What is asked for; what is empty matters not. */
  record Filter(
      Instant from,
      Instant until,
      Optional<String> person,
      Optional<String> client,
      Optional<String> purpose,
      Optional<String> action,
      Optional<AuditEvent.Outcome> outcome,
      Optional<UUID> key) {

    boolean matches(Opened opened) {
      AuditEvent event = opened.event();
      return is(person, wanted -> event.person().filter(wanted::equals).isPresent())
          && is(client, event.client()::equals)
          && is(purpose, event.purpose()::equals)
          && is(action, event.action()::equals)
          && is(outcome, event.outcome()::equals)
          && is(
              key, id -> event.keys().stream().anyMatch(touched -> touched.ref().id().equals(id)));
    }

    private static <T> boolean is(Optional<T> wanted, Predicate<T> it) {
      return wanted.filter(it.negate()).isEmpty();
    }

    /** Without the person. */
    @Override
    public String toString() {
      return "Filter";
    }
  }

  /**
   * What was found.
   *
   * @param entries in the order of time
   * @param more whether there were others, older than these
   * @param unreadable how many could not be opened: they were changed
   */
  record Found(List<Opened> entries, boolean more, long unreadable) {}

  Found find(Filter filter, int limit) {
    Comparator<Opened> byTime =
        Comparator.comparing((Opened opened) -> opened.event().at())
            .thenComparing(Opened::lane)
            .thenComparingLong(Opened::sequence);
    PriorityQueue<Opened> newest = new PriorityQueue<>(byTime);
    boolean[] more = new boolean[1];
    long unreadable =
        reader.forEach(
            filter.from(),
            filter.until(),
            opened -> {
              if (filter.matches(opened)) {
                newest.add(opened);
                if (newest.size() > limit) {
                  newest.remove();
                  more[0] = true;
                }
              }
            });
    List<Opened> entries = new ArrayList<>(newest);
    entries.sort(byTime);
    return new Found(entries, more[0], unreadable);
  }
}
