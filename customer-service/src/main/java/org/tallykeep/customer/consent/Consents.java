package org.tallykeep.customer.consent;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.consent.ConsentRepository.Read;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.traits.ToDescribe;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Reads and writes the consents of customers. */
@Singleton
public final class Consents {

  /** Of so many who write at once, each of whom lets one go first, the last gets a turn as well. */
  private static final int TRIES = 30;

  private final Transactions transactions;
  private final Keys keys;

  Consents(Transactions transactions, Keys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /** A customer's consents at one moment. */
  record Kept(int revision, ConsentHistory history) {}

  /** What became of consents that came. */
  public enum Recorded {
    /** Something of them is new. */
    WRITTEN,
    /** All of them were known. */
    UNCHANGED,
    /** There would be more than are kept; nothing was written. */
    TOO_MANY,
    /** No such customer, or no longer. */
    NOBODY,
    /** Too many wrote at the same time; nothing was written. */
    BUSY
  }

  /** Nothing if there is no such customer, or no longer. */
  Optional<Kept> read(UUID customer) {
    Optional<Read> read = look(customer);
    Optional<Kept> kept = read.flatMap(this::open);
    if (read.isPresent() && kept.isEmpty()) {
      // A key that was replaced since opens nothing any more; it is under the next one.
      return look(customer).filter(now -> !now.key().equals(read.get().key())).flatMap(this::open);
    }
    return kept;
  }

  private Optional<Read> look(UUID customer) {
    return transactions.call(c -> ConsentRepository.read(c, customer));
  }

  private Optional<Kept> open(Read read) {
    try (SealingKey key = keys.masks(List.of(read.key())).getFirst().orElse(null)) {
      return key == null ? Optional.empty() : Optional.of(open(read, key));
    }
  }

  private static Kept open(Read read, SealingKey key) {
    return read.row()
        .map(row -> new Kept(row.revision(), row.open(key)))
        .orElse(new Kept(SealedConsents.NO_REVISION, ConsentHistory.EMPTY));
  }

  /** Writes down what is new; the same again changes nothing. */
  public Recorded record(UUID customer, ReceivedConsents consents, Recorder recorder) {
    for (int tried = 0; tried < TRIES; tried++) {
      Optional<Read> read = look(customer);
      if (read.isEmpty()) {
        return Recorded.NOBODY;
      }
      Optional<Recorded> recorded = record(customer, read.get(), consents, recorder);
      if (recorded.isPresent()) {
        return recorded.get();
      }
    }
    return look(customer).flatMap(this::open).isPresent() ? Recorded.BUSY : Recorded.NOBODY;
  }

  /** Nothing if another wrote in the meantime, or the key is another one now. */
  private Optional<Recorded> record(
      UUID customer, Read read, ReceivedConsents consents, Recorder recorder) {
    try (SealingKey key = keys.masks(List.of(read.key())).getFirst().orElse(null)) {
      if (key == null) {
        return Optional.empty();
      }
      Kept before = open(read, key);
      ConsentHistory after = before.history.plus(consents, recorder);
      if (after.equals(before.history)) {
        return Optional.of(Recorded.UNCHANGED);
      }
      if (after.isTooLong()) {
        return Optional.of(Recorded.TOO_MANY);
      }
      SealedConsents next = SealedConsents.seal(key, customer, before.revision + 1, after);
      return transactions.call(
          c -> {
            boolean written =
                ConsentRepository.holdKey(c, customer, read.key())
                    && ConsentRepository.write(c, next);
            if (written) {
              ToDescribe.add(c, List.of(customer));
            }
            return written ? Optional.of(Recorded.WRITTEN) : Optional.empty();
          });
    }
  }

  /**
   * Those of whom nothing may be predicted: who said no to profiling, and whose consents cannot be
   * opened.
   */
  public Set<UUID> refusingProfiling(Collection<UUID> customers) {
    List<SealedConsents> rows = rows(customers);
    Map<UUID, ConsentHistory> opened = openAll(rows);
    Map<UUID, KeyRef> unopened = new HashMap<>();
    rows.stream()
        .filter(row -> !opened.containsKey(row.customer()))
        .forEach(row -> unopened.put(row.customer(), row.key()));
    if (!unopened.isEmpty()) {
      opened.putAll(
          openAll(
              rows(unopened.keySet()).stream()
                  .filter(row -> !row.key().equals(unopened.get(row.customer())))
                  .toList()));
    }
    Set<UUID> refusing = new HashSet<>();
    for (SealedConsents row : rows) {
      ConsentHistory history = opened.get(row.customer());
      if (history == null || history.refuses(Consent.PROFILING)) {
        refusing.add(row.customer());
      }
    }
    return refusing;
  }

  private List<SealedConsents> rows(Collection<UUID> customers) {
    return transactions.call(c -> ConsentRepository.find(c, customers));
  }

  private Map<UUID, ConsentHistory> openAll(List<SealedConsents> rows) {
    Map<UUID, ConsentHistory> opened = new HashMap<>();
    if (rows.isEmpty()) {
      return opened;
    }
    List<Optional<SealingKey>> masks =
        new ArrayList<>(keys.masks(rows.stream().map(SealedConsents::key).toList()));
    LeftRows left = new LeftRows("consents");
    try {
      for (int i = 0; i < rows.size(); i++) {
        SealedConsents row = rows.get(i);
        masks
            .get(i)
            .flatMap(key -> left.open(() -> row.open(key)))
            .ifPresent(history -> opened.put(row.customer(), history));
      }
    } finally {
      masks.forEach(mask -> mask.ifPresent(SealingKey::close));
    }
    left.say();
    return opened;
  }
}
