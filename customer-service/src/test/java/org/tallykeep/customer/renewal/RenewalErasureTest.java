package org.tallykeep.customer.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.customer.erasure.ErasuresFixture;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.purchaser.RenewalGate;
import org.tallykeep.customer.renewal.RenewalWorld.Configured;
import org.tallykeep.platform.problem.Unavailable;

/** Who is erased, and everybody who gets another pseudonym. */
class RenewalErasureTest {

  private final ErasuresFixture erasures = new ErasuresFixture();
  private final RenewalWorld world =
      new RenewalWorld(erasures.database(), erasures.keys(), 20, Configured.of(5, 20));
  private final List<UUID> customers = new ArrayList<>();

  @BeforeEach
  void buy() {
    for (int i = 0; i < 6; i++) {
      customers.add(erasures.signUp("h-" + i));
      for (int day = 0; day <= i; day++) {
        erasures.buy("h-" + i, "e-%d-%d".formatted(i, day), 10_000 + day);
      }
    }
    erasures.buy("h-anonymous", "e", 10_003);
    erasures.histories().count();
  }

  private RenewalState renew() {
    UUID id = world.renewals.begin().id();
    assertThat(world.job.run()).isZero();
    return world.renewals.get(id).state();
  }

  @Test
  void nobodyIsErasedOnceARenewalWasAskedForUntilItIsOver() {
    UUID customer = customers.get(3);
    UUID id = world.renewals.begin().id();
    assertRefused(customer);
    assertThat(world.steps.noteAll(id)).isTrue();
    assertRefused(customer);

    assertThat(world.job.run()).isZero();
    UUID purchaser = erasures.purchaserOf(customer);
    erasures.purge(customer);

    assertThat(erasures.leftOf(purchaser).values()).containsOnly(0L);
    assertThat(erasures.histories().days()).hasSize(6).doesNotContainKey(purchaser);
    assertThat(erasures.histories().findings()).isEmpty();
    assertThat(erasures.replay().values()).as("erased anew").containsOnly(0L);
  }

  private void assertRefused(UUID customer) {
    assertThatThrownBy(() -> erasures.purge(customer))
        .isInstanceOfSatisfying(
            Unavailable.class, refused -> assertThat(refused.retryAfter()).isPositive())
        .hasMessageContaining("pseudonyms-being-renewed");
    assertThat(erasures.rows("erasure")).isZero();
    assertThat(erasures.rows("customer")).isEqualTo(6);
  }

  @Test
  void aPseudonymThatWasReadBeforeARenewalBeganAndEndedIsNotErased() {
    long before = world.people.links.renewals();
    assertThat(renew()).isEqualTo(RenewalState.INDEX);

    assertThatThrownBy(() -> world.database.transactions().run(c -> RenewalGate.pass(c, before)))
        .isInstanceOf(Unavailable.class);

    long now = world.people.links.renewals();
    world.database.transactions().run(c -> RenewalGate.pass(c, now));
  }

  @Test
  void aRenewalWaitsForAnErasureThatWasUnderWay() {
    UUID customer = customers.get(2);
    UUID purchaser = erasures.purchaserOf(customer);
    erasures.beginToSever(customer);
    Set<UUID> names = world.names();

    assertThat(renew()).isEqualTo(RenewalState.WAITING);
    assertThat(world.found(names)).isPositive();

    erasures.goOn();
    assertThat(erasures.leftOf(purchaser).values()).containsOnly(0L);
    assertThat(renew()).isEqualTo(RenewalState.INDEX);
    assertThat(world.found(names)).isZero();
    assertThat(erasures.histories().days()).hasSize(7);
    assertThat(erasures.histories().findings()).isEmpty();
  }

  @Test
  void whatWasSeveredStaysToTheLastDigitUnderAnotherPseudonymThatIsNobodys() {
    erasures.sever(customers.get(4));
    erasures.purge(customers.get(5));
    Set<UUID> names = world.names();
    List<PurchaseHistory> before = List.copyOf(erasures.histories().days().values());
    Map<String, SalesSeries.Day> series = erasures.histories().series();
    long purchasers = erasures.rows("purchaser");
    assertThat(before).anyMatch(history -> history.traits().opening());

    assertThat(renew()).isEqualTo(RenewalState.INDEX);

    assertThat(erasures.histories().days().values())
        .containsExactlyInAnyOrderElementsOf(before)
        .hasSize(6);
    assertThat(erasures.histories().series()).isEqualTo(series);
    assertThat(erasures.histories().manifestsHold()).isTrue();
    assertThat(erasures.histories().findings()).isEmpty();
    assertThat(world.found(names)).isZero();
    assertThat(erasures.rows("purchaser")).as("nobody's").isEqualTo(purchasers);
    assertThat(erasures.rows("purchaser_gone")).isEqualTo(2);
    assertThat(erasures.buy("h-4", "again", 10_005))
        .isInstanceOfSatisfying(
            RowAnswer.Refused.class, refused -> assertThat(refused.code()).isEqualTo("erased"));
    assertThat(erasures.replay().values()).as("erased anew").containsOnly(0L);
  }

  @Test
  void whoWasErasedIsErasedAnewInADatabaseFromBeforeARenewalWhoseKeysAreNotDestroyed() {
    world.people.mix();
    UUID customer = customers.get(3);
    UUID purchaser = erasures.purchaserOf(customer);
    erasures.setBackToBeforeARenewal(customer);

    assertThat(erasures.replay()).containsEntry("customers", 1L).containsEntry("purchasers", 1L);

    assertThat(erasures.leftOf(purchaser).values()).containsOnly(0L);
    assertThat(erasures.histories().days()).hasSize(6).doesNotContainKey(purchaser);
    assertThat(erasures.histories().findings()).isEmpty();
    assertThat(erasures.replay().values()).containsOnly(0L);
  }

  @Test
  void whoWasErasedAndSetBackKeepsTheirPseudonymUntilTheyAreErasedAnew() {
    UUID purchaser = erasures.purchaserOf(customers.get(1));
    erasures.setBackAfterSevering(customers.get(1));
    Map<String, SalesSeries.Day> series = erasures.histories().series();
    UUID id = world.renewals.begin().id();

    assertThat(world.job.run()).as("left").isOne();
    assertThat(world.renewals.get(id).state()).isEqualTo(RenewalState.PSEUDONYMS);
    assertThat(erasures.replay()).containsEntry("customers", 1L).containsEntry("purchasers", 1L);

    assertThat(world.job.run()).isZero();
    assertThat(world.renewals.get(id).state()).isEqualTo(RenewalState.INDEX);
    assertThat(world.found(Set.of(purchaser))).isZero();
    assertThat(erasures.rows("customer")).isEqualTo(5);
    assertThat(erasures.histories().days()).hasSize(7);
    assertThat(erasures.histories().series()).isEqualTo(series);
    assertThat(erasures.histories().findings()).isEmpty();
  }
}
