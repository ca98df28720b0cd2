package org.tallykeep.customer.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a customer ever said, in the order in which it was written down; what they said may have
 * come late.
 */
record ConsentHistory(List<Entry> entries) {

  /** Enough for a change a month for years, and few enough to open with every prediction. */
  static final int MOST = 200;

  static final ConsentHistory EMPTY = new ConsentHistory(List.of());

  private static final Comparator<Entry> NEWEST_FIRST =
      Comparator.comparing(Entry::consent, Consent.BY_WEIGHT).reversed();

  /** A consent, and when and by whom it was written down. */
  record Entry(Consent consent, Instant received, Recorder recorder) {
    @Override
    public String toString() {
      return "Entry[…]";
    }
  }

  ConsentHistory {
    entries = List.copyOf(entries);
  }

  /** With those that are not in here yet. */
  ConsentHistory plus(ReceivedConsents more, Recorder recorder) {
    List<Entry> all = new ArrayList<>(entries);
    for (Consent consent : more.consents()) {
      if (all.stream().noneMatch(entry -> entry.consent.equals(consent))) {
        all.add(new Entry(consent, more.received(), recorder));
      }
    }
    return new ConsentHistory(all);
  }

  boolean isTooLong() {
    return entries.size() > MOST;
  }

  /** What counts now, by purpose. */
  SortedMap<String, Consent> current() {
    SortedMap<String, Consent> current = new TreeMap<>();
    for (Entry entry : entries) {
      current.merge(
          entry.consent.purpose(),
          entry.consent,
          // Of two alike the one that was written down last.
          (before, now) -> Consent.BY_WEIGHT.compare(now, before) >= 0 ? now : before);
    }
    return current;
  }

  /** Whether they said no to that, and nothing else since. */
  boolean refuses(String purpose) {
    Consent current = current().get(purpose);
    return current != null && !current.isAllowed();
  }

  /** In the order of what was said, of two at once what counts first. */
  List<Entry> newestFirst() {
    return entries.reversed().stream().sorted(NEWEST_FIRST).toList();
  }

  @Override
  public String toString() {
    return "ConsentHistory[" + entries.size() + "]";
  }
}
