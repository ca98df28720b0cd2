package org.tallykeep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PurchaseDaysTest {

  /** Two neighbours in one column; the second customer bought on days 10, 17, 24 and 40. */
  private static final int[] COLUMN = {1, 50, 10, 17, 24, 40};

  @Test
  void statisticsCountRepeatDaysInWeeksSinceTheFirst() {
    assertThat(PurchaseDays.statistics(COLUMN, 2, 6, 45))
        .isEqualTo(new BuyingStatistics(3, 30 / 7.0, 5));
  }

  @Test
  void theDayOfTheCutBelongsToTheCalibration() {
    assertThat(PurchaseDays.statistics(COLUMN, 2, 6, 24)).isEqualTo(new BuyingStatistics(2, 2, 2));
    assertThat(PurchaseDays.countAfter(COLUMN, 2, 6, 24, 100)).isEqualTo(1);
  }

  @Test
  void theLastDayOfTheHorizonCounts() {
    assertThat(PurchaseDays.countAfter(COLUMN, 2, 6, 24, 16)).isEqualTo(1);
    assertThat(PurchaseDays.countAfter(COLUMN, 2, 6, 24, 15)).isZero();
  }

  @Test
  void aFirstPurchaseOnTheDayOfTheCutIsANewcomer() {
    assertThat(PurchaseDays.statistics(COLUMN, 2, 6, 10)).isEqualTo(BuyingStatistics.NEWCOMER);
  }

  @Test
  void beforeTheFirstPurchaseThereIsNoCustomer() {
    assertThat(PurchaseDays.endOfCalibration(COLUMN, 2, 6, 9)).isEqualTo(2);
    assertThatThrownBy(() -> PurchaseDays.statistics(COLUMN, 2, 6, 9))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
