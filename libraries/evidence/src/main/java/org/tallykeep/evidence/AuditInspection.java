package org.tallykeep.evidence;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.AuditFault.What;

/**
 * Walks an audit trail and says where it is not as it was written: first its checkpoints in their
 * order, then its entries, lane by lane in theirs. What was rewritten before the newest checkpoint
 * is found; of what came after it nobody outside has a memory. Not thread-safe.
 */
public final class AuditInspection {

  private final SigningKeys keys;
  private final List<AuditFault> faults = new ArrayList<>();

  /** What was witnessed: by lane, the hash at a sequence. */
  private final Map<UUID, NavigableMap<Long, String>> witnessed = new HashMap<>();

  /** Those begun so far. */
  private final Set<UUID> lanes = new HashSet<>();

  private long checkpoints;
  private String newestCheckpoint = "";
  private long entries;
  private @Nullable AuditEntry before;
  private boolean toldOfRewriting;

  public AuditInspection(SigningKeys keys) {
    this.keys = keys;
  }

  /**
   * What was found.
   *
   * @param checkpoints the number of the newest one
   * @param faults in the order of the trail
   */
  public record Report(long entries, long checkpoints, List<AuditFault> faults) {

    /** Whether the trail is as it was written. */
    public boolean isGenuine() {
      return faults.isEmpty();
    }
  }

  /** The next checkpoint. */
  public void checkpoint(String signed) {
    Optional<Checkpoint> genuine = next(signed);
    if (genuine.isEmpty()) {
      changedCopy(checkpoints + 1);
    }
    for (Checkpoint.Lane lane : genuine.map(Checkpoint::lanes).orElse(List.of())) {
      witnessed
          .computeIfAbsent(lane.lane(), id -> new TreeMap<>())
          .put(lane.sequence(), lane.hash());
    }
    checkpoints++;
    newestCheckpoint = signed;
  }

  /** Whether this is signed, and follows the checkpoints so far. */
  public boolean isNext(String signed) {
    return next(signed).isPresent();
  }

  private Optional<Checkpoint> next(String signed) {
    try {
      return Optional.of(Statement.CHECKPOINT.verified(signed, keys))
          .filter(next -> next.number() == checkpoints + 1)
          .filter(next -> next.previous().equals(hashOf(newestCheckpoint)));
    } catch (NotGenuine e) {
      return Optional.empty();
    }
  }

  /** The checkpoint of that number is not, or not everywhere, what it was. */
  public void changedCopy(long number) {
    faults.add(new AuditFault(What.CHECKPOINT_NOT_GENUINE, null, number));
  }

  /** The newest one as it is signed; empty before the first. */
  public String newestCheckpoint() {
    return newestCheckpoint;
  }

  /** The hash that the next checkpoint names. */
  public static String hashOf(String signedCheckpoint) {
    return Sha256.hex(
        Sha256.of(
            "tallykeep audit checkpoint v1",
            signedCheckpoint.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  /** What somebody outside remembers as the newest checkpoint: nothing of it may be missing. */
  public void remembered(String signed) {
    Checkpoint checkpoint = Statement.CHECKPOINT.verified(signed, keys);
    if (checkpoint.number() > checkpoints) {
      faults.add(new AuditFault(What.CHECKPOINT_MISSING, null, checkpoint.number()));
    } else if (checkpoint.number() == checkpoints && !signed.equals(newestCheckpoint)) {
      faults.add(new AuditFault(What.CHECKPOINT_NOT_GENUINE, null, checkpoint.number()));
    }
  }

  /** The next entry. */
  public void entry(AuditEntry entry) {
    AuditEntry last = before;
    boolean first = last == null || !last.lane().equals(entry.lane());
    if (first) {
      endOfLane();
      last = null;
      toldOfRewriting = false;
      if (!lanes.add(entry.lane())) {
        // A second time: whichever is the right one, this is not its place.
        fault(What.CHANGED, entry);
      }
    }
    long expected = last == null ? 0 : last.sequence() + 1;
    byte[] head = last == null ? new byte[AuditEntry.HASH_LENGTH] : last.hash();
    if (entry.sequence() != expected) {
      fault(What.REMOVED, entry);
    } else if (!MessageDigest.isEqual(entry.previous(), head)) {
      fault(What.UNCHAINED, entry);
    }
    if (!entry.hashIsRight()) {
      fault(What.CHANGED, entry);
    }
    compareWithWitness(entry);
    before = entry;
    entries++;
  }

  private void compareWithWitness(AuditEntry entry) {
    NavigableMap<Long, String> lane = witnessed.get(entry.lane());
    String hash = lane == null ? null : lane.get(entry.sequence());
    if (hash != null && !hash.equals(Sha256.hex(entry.hash())) && !toldOfRewriting) {
      fault(What.REWRITTEN, entry);
      // All that follow differ, too: the first place is the one that tells.
      toldOfRewriting = true;
    }
  }

  private void fault(What what, AuditEntry entry) {
    faults.add(new AuditFault(what, entry.lane(), entry.sequence()));
  }

  /** Whether all that was witnessed of the lane that ends here was there. */
  private void endOfLane() {
    AuditEntry last = before;
    if (last != null) {
      truncated(last.lane(), last.sequence());
      witnessed.remove(last.lane());
    }
  }

  private void truncated(UUID lane, long lastSequence) {
    NavigableMap<Long, String> seen = witnessed.get(lane);
    Long missing = seen == null ? null : seen.higherKey(lastSequence);
    if (missing != null) {
      faults.add(new AuditFault(What.TRUNCATED, lane, missing));
    }
  }

  /** That was all. */
  public Report end() {
    endOfLane();
    before = null;
    witnessed.keySet().stream().sorted().forEach(lane -> truncated(lane, -1));
    return new Report(entries, checkpoints, List.copyOf(faults));
  }
}
