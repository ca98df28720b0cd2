package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Walks the trail and says where it is not as it was written. Needs no key. */
@Singleton
class AuditVerifier {

  private final AuditRepository repository;

  AuditVerifier(AuditRepository repository) {
    this.repository = repository;
  }

  /** What is wrong, and where. */
  record Fault(UUID lane, long sequence, What what) {}

  /** What can be wrong with an entry. */
  enum What {
    /** Entries before this one are missing. */
    GAP,
    /** It was changed. */
    CHANGED,
    /** It does not follow the entry before it. */
    UNCHAINED
  }

  /** All faults, in the order of lanes and entries. */
  List<Fault> verify() {
    Walk walk = new Walk();
    repository.forEach(walk::see);
    return walk.faults;
  }

  private static final class Walk {
    private final List<Fault> faults = new ArrayList<>();
    private @Nullable AuditRow before;

    void see(AuditRow row) {
      AuditRow last = before;
      boolean first = last == null || !last.lane().equals(row.lane());
      long expected = first || last == null ? 0 : last.sequence() + 1;
      byte[] head = first || last == null ? new byte[AuditRow.HASH_LENGTH] : last.hash();
      if (row.sequence() != expected) {
        fault(row, What.GAP);
      } else if (!MessageDigest.isEqual(row.previous(), head)) {
        fault(row, What.UNCHAINED);
      }
      if (!row.hashIsRight()) {
        fault(row, What.CHANGED);
      }
      before = row;
    }

    private void fault(AuditRow row, What what) {
      faults.add(new Fault(row.lane(), row.sequence(), what));
    }
  }
}
