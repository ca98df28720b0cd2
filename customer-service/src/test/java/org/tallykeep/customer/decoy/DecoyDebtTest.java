package org.tallykeep.customer.decoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoyDebtTest {

  @Test
  void oneInAHundred() {
    DecoyDebt debt = DebtFixture.of(0.01);
    int made = 0;
    for (int i = 0; i < 1_000; i++) {
      made += debt.payWith(100);
    }

    // Ten standard deviations.
    assertThat(made).isBetween(685, 1_315);
  }

  @Test
  void whoComesAloneIsFollowedByOneWithALaterBatch() {
    DecoyDebt debt = DebtFixture.of(1);

    assertThat(debt.payWith(1)).isZero();
    assertThat(debt.payWith(DecoyDebt.FEWEST_NEIGHBOURS - 1)).isZero();
    assertThat(debt.payWith(10)).isEqualTo(10);
    assertThat(debt.payWith(10)).isEqualTo(10);
    assertThat(debt.payWith(20)).isEqualTo(20);
  }

  @Test
  void whatIsLeftOverIsPaidLater() {
    DecoyDebt debt = DebtFixture.of(0.5);
    int made = 0;
    for (int i = 0; i < 4_000; i++) {
      made += debt.payWith(1);
    }
    assertThat(made).isZero();
    for (int i = 0; i < 800; i++) {
      int now = debt.payWith(10);
      assertThat(now).isBetween(0, 10);
      made += now;
    }

    assertThat(made).isBetween(5_400, 6_600);
  }

  @Test
  void zeroTurnsItOff() {
    assertThat(DebtFixture.of(0).payWith(100_000)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
  void aShareThatIsNoneIsRefused(double share) {
    assertThatThrownBy(() -> DebtFixture.of(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tallykeep.decoys.share");
  }
}
