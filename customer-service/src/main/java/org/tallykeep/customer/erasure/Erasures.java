package org.tallykeep.customer.erasure;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Transactions;

/** Erasures as they stand: read, written a step further, never both sides in one transaction. */
@Singleton
final class Erasures {

  private final Transactions transactions;
  private final DatasetRecords records;
  private final InstantSource clock;

  Erasures(Transactions transactions, DatasetRecords records, InstantSource clock) {
    this.transactions = transactions;
    this.records = records;
    this.clock = clock;
  }

  Optional<Erasure> find(UUID id) {
    return transactions.call(c -> ErasureRepository.find(c, id)).map(this::open);
  }

  Optional<Erasure> ofCustomer(UUID customer) {
    return transactions.call(c -> ErasureRepository.ofCustomer(c, customer)).map(this::open);
  }

  /** The next after that one, in the order of their random ids. */
  List<Erasure> after(UUID last, int most) {
    return transactions.call(c -> ErasureRepository.after(c, last, most)).stream()
        .map(this::open)
        .toList();
  }

  /** Those of which something is left to be done. */
  List<UUID> open() {
    return transactions.call(ErasureRepository::open);
  }

  /** Writes a new one, in the transaction that removes its customer. */
  void insert(Connection connection, Erasure erasure) throws SQLException {
    ErasureRepository.insert(connection, row(erasure));
  }

  /** A step further; or how far somebody else has brought it meanwhile. */
  Erasure save(Erasure before, Erasure.Progress next) {
    Erasure now = before.with(next);
    ErasureRepository.Row row = row(now);
    return transactions.call(c -> ErasureRepository.update(c, row, now.isDone()))
        ? now
        : find(before.id()).orElseThrow();
  }

  /** The last step. */
  Erasure end(Erasure before) {
    return save(before, before.progress().endedAt(clock.instant()));
  }

  private Erasure open(ErasureRepository.Row row) {
    return Erasure.open(records, row);
  }

  private ErasureRepository.Row row(Erasure erasure) {
    return new ErasureRepository.Row(
        erasure.id(), erasure.customer(), erasure.revision(), erasure.seal(records));
  }
}
