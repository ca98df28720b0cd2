package org.tallykeep.customer.purchaser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.LockWaits;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.customer.rekey.Rekey;
import org.tallykeep.customer.rekey.Resealed;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.platform.problem.Unavailable;

/** Purchasers whose keys are replaced, those that nobody has been given yet too. */
class PurchaserResealingTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final People people = new People(database, keys);
  private final PurchaserResealing resealing =
      new PurchaserResealing(people.transactions, keys, new SecureRandom());

  @Test
  void everyPurchaserKeepsTheirCustomerOrTheirDummyUnderTheNewerVersion() {
    people.signUp(null, null, null);
    people.mixer.run();
    Map<UUID, Optional<UUID>> before = customers();
    List<Rekey> replaced = replaceAll();

    Resealed.Result result = resealing.reseal(replaced);
    putAside(replaced);

    assertThat(result.absent()).isEmpty();
    assertThat(result.sealed()).hasSameSizeAs(replaced);
    assertThat(customers()).isEqualTo(before);
    assertThat(before.values()).filteredOn(Optional::isPresent).hasSize(3);
    assertThat(resealing.reseal(replaced).sealed()).as("again").hasSameSizeAs(replaced);
  }

  @Test
  void whoIsGivenAPurchaserFromBeforeIsMixedUnderTheNewerVersion() {
    people.refill.atLeast(1);
    List<Rekey> replaced = replaceAll();
    resealing.reseal(replaced);
    putAside(replaced);

    UUID customer = people.signUp((String) null).getFirst();
    people.mixer.run();

    assertThat(customers()).containsEntry(people.purchaserOf(customer), Optional.of(customer));
  }

  @Test
  void aRecordThatDoesNotOpenIsLeftAndStopsNoOther() throws Exception {
    people.refill.atLeast(1);
    List<Rekey> replaced = replaceAll();
    database.execute(
        """
        UPDATE purchaser SET reidentify = set_byte(reidentify, 70, get_byte(reidentify, 70) # 1)
        WHERE id = (SELECT id FROM purchaser ORDER BY id LIMIT 1)
        """);

    database.execute(
        """
        UPDATE purchaser SET reidentify = set_byte(reidentify, 0, 99)
        WHERE id = (SELECT id FROM purchaser ORDER BY id DESC LIMIT 1)
        """);

    Resealed.Result result = resealing.reseal(replaced);

    assertThat(result.sealed()).hasSize(replaced.size() - 2);
    assertThat(result.absent()).isEmpty();
  }

  @Test
  void aRoundOfMixingWaitsUntilWhatItWouldOverwriteIsWritten() {
    UUID customer = people.signUp((String) null).getFirst();
    List<Rekey> replaced = replaceAll();
    CompletableFuture<?>[] mixing = new CompletableFuture<?>[1];
    keys.beforeResealing(
        () -> {
          mixing[0] = CompletableFuture.runAsync(people.mixer::run);
          await().until(() -> mixing[0].isDone() || LockWaits.any(people.transactions));
          assertThat(mixing[0].isDone()).isFalse();
        });

    assertThat(resealing.reseal(replaced).sealed()).hasSameSizeAs(replaced);
    mixing[0].join();
    putAside(replaced);

    assertThat(customers()).containsEntry(people.purchaserOf(customer), Optional.of(customer));
  }

  @Test
  void purchasersThatComeTooLateAreNotWritten() {
    PoolRefill late = lateBy(Duration.ofSeconds(151)).refill;

    assertThatThrownBy(() -> late.atLeast(1)).isInstanceOf(Unavailable.class);
    assertThat(database.number("SELECT count(*) FROM purchaser")).isZero();

    lateBy(Duration.ofSeconds(150)).refill.atLeast(1);
    assertThat(database.number("SELECT count(*) FROM purchaser")).isPositive();
  }

  @Test
  void whoIsSignedUpTooLateIsNot() {
    people.refill.atLeast(1);
    People late = lateBy(Duration.ofSeconds(151));

    assertThatThrownBy(() -> late.signUp((String) null)).isInstanceOf(Unavailable.class);
    assertThat(database.number("SELECT count(*) FROM customer")).isZero();

    assertThat(lateBy(Duration.ofSeconds(150)).signUp((String) null)).hasSize(1);
  }

  private People lateBy(Duration time) {
    return new People(database, keys, RowDeadlinesFixture.whereEveryLookTakes(time));
  }

  private List<PurchaserRepository.Row> rows() {
    List<UUID> ids =
        database.texts("SELECT id FROM purchaser").stream().map(UUID::fromString).toList();
    return people.transactions.call(c -> PurchaserRepository.rows(c, ids));
  }

  private Map<UUID, Optional<UUID>> customers() {
    Map<UUID, Optional<UUID>> customers = new HashMap<>();
    for (PurchaserRepository.Row row : rows()) {
      KeyRef ref = SealedRecord.keyOf(row.reidentify());
      try (SealingKey key = keys.reidentifyForMixing(List.of(ref)).getFirst().orElseThrow()) {
        customers.put(row.id(), Reidentification.open(key, row.id(), row.reidentify()));
      }
    }
    return customers;
  }

  private List<Rekey> replaceAll() {
    List<Rekey> replaced = new ArrayList<>();
    for (PurchaserRepository.Row row : rows()) {
      KeyRef next = keys.replace(SealedRecord.keyOf(row.reidentify()));
      replaced.add(new Rekey("pseudonym", next.id(), next.version() - 1, next.version()));
    }
    return replaced;
  }

  private void putAside(List<Rekey> replaced) {
    replaced.forEach(each -> keys.putAside(new KeyRef(each.id(), each.from())));
  }
}
