package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.purchaser.SignUps;
import org.tallykeep.customer.suppression.Suppression;

/** Tells of new customers who of them has anything that was an erased customer's. */
@Singleton
final class KeptAway {

  private final Suppression suppression;
  private final Keys keys;

  KeptAway(Suppression suppression, Keys keys) {
    this.suppression = suppression;
    this.keys = keys;
  }

  /**
   * Those who are kept away, and the marks that do it.
   *
   * @param profiles of people who are not known, by their places
   */
  <P> Map<P, Set<Tag>> among(Map<P, Profile> profiles) {
    Map<P, Set<Tag>> marks = new HashMap<>();
    collect(
        marks,
        profiles,
        Profile::externalIds,
        (index, ids) -> SignUps.marks(suppression, index, ids));
    for (ContactField field : ContactField.values()) {
      collect(marks, profiles, field::of, (index, values) -> ofContacts(field, index, values));
    }
    return marks;
  }

  private <P> void collect(
      Map<P, Set<Tag>> marks,
      Map<P, Profile> profiles,
      Function<Profile, List<String>> values,
      Suppression.Marking<String> marking) {
    Collection<String> all = new LinkedHashSet<>();
    profiles.values().forEach(profile -> all.addAll(values.apply(profile)));
    Map<String, Set<Tag>> found = suppression.of(all, marking);
    profiles.forEach(
        (place, profile) -> {
          for (String value : values.apply(profile)) {
            Set<Tag> theirs = found.get(value);
            if (theirs != null) {
              marks.computeIfAbsent(place, none -> new HashSet<>()).addAll(theirs);
            }
          }
        });
  }

  /** Of whichever occurrence: the key service has a hand in these tags as it is. */
  private List<Set<Tag>> ofContacts(ContactField field, IndexKeys index, List<String> values) {
    Iterator<Tags> whole = CustomerTags.ofAllOccurrences(field, index, values, keys).iterator();
    List<Set<Tag>> marks = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Set<Tag> theirs = new HashSet<>();
      for (int j = 0; j < CustomerTags.OCCURRENCES; j++) {
        theirs.addAll(whole.next().all());
      }
      marks.add(theirs);
    }
    return marks;
  }
}
