package org.tallykeep.customer.exports;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.keyvault.client.Granted;
import org.tallykeep.platform.problem.Unavailable;

/** Takes exports that persons ask for; nothing is opened yet. */
@Singleton
final class Submissions {

  private final Transactions transactions;
  private final List<ExportKind> kinds;
  private final Keys keys;
  private final ExportSecrets secrets;
  private final Surroundings around;

  Submissions(
      Transactions transactions,
      @All List<ExportKind> kinds,
      Keys keys,
      ExportSecrets secrets,
      Surroundings around) {
    this.transactions = transactions;
    this.kinds = kinds;
    this.keys = keys;
    this.secrets = secrets;
    this.around = around;
  }

  /**
   * Who asks.
   *
   * @param person as the issuer names them
   * @param client and person, by whom requests name themselves
   */
  record Asker(String person, String client, Keys.Asking asking) {
    @Override
    public String toString() {
      return "Asker";
    }
  }

  /** The id of the new job, or of the one that the very same request had made before. */
  UUID take(ExportWish wish, Asker who, @Nullable String repetition) {
    byte[] tag = secrets.repetition(who.client, repetition);
    Optional<ExportJob> before = before(tag);
    if (before.isPresent()) {
      return same(before.get(), wish);
    }
    requireRoom();
    ExportKind kind =
        kinds.stream().filter(each -> each.name().equals(wish.kind())).findFirst().orElseThrow();
    long moved = kind.moved();
    long total = kind.count();
    Optional<Granted> grant = grant(wish, who.asking, total);
    UUID id = UUID.randomUUID();
    ExportRepository.NewJob job =
        new ExportRepository.NewJob(
            id,
            wish,
            wish.csv() ? kind.csv().written() : List.of(),
            grant.map(Granted::active).orElse(true)
                ? ExportState.WAITING
                : ExportState.WAITING_FOR_APPROVAL,
            secrets.owner(who.person),
            tag,
            secrets.sealReason(id, who.asking.reason()),
            secrets.newKey(id),
            grant.map(Granted::id),
            total,
            moved);
    // Of two that come at once the second's grant is used by nobody.
    return transactions.call(c -> ExportRepository.insert(c, job, around.now()))
        ? id
        : same(before(tag).orElseThrow(), wish);
  }

  private Optional<ExportJob> before(byte[] tag) {
    return transactions.call(c -> ExportRepository.findRepeated(c, tag));
  }

  private static UUID same(ExportJob before, ExportWish wish) {
    if (!before.wish().equals(wish)) {
      throw new Refusal.Conflict(
          "idempotency-key-used", "This Idempotency-Key named another request. Use a new one.");
    }
    return before.id();
  }

  private Optional<Granted> grant(ExportWish wish, Keys.Asking who, long total) {
    return wish.purposes().isEmpty()
        ? Optional.empty()
        : Optional.of(
            keys.submitExport(
                who,
                wish.purposes(),
                CustomerExports.toAskFor(total),
                around.now().plus(around.config().grantFor())));
  }

  private void requireRoom() {
    if (transactions.call(ExportRepository::staged) >= around.config().mostStaged()) {
      throw new TooMuchStaged();
    }
  }

  /** The database is spared; the caller comes again. */
  private static final class TooMuchStaged extends Unavailable {
    private static final long serialVersionUID = 1L;

    TooMuchStaged() {
      super(
          "too-much-staged",
          "The files of exports are as many as this service keeps. Ask again when some are gone.",
          Duration.ofMinutes(10),
          null);
    }
  }
}
