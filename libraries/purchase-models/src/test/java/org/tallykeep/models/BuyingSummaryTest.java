package org.tallykeep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BuyingSummaryTest {

  @Test
  void identicalStatisticsAreOneGroup() {
    BuyingSummary summary =
        BuyingSummary.ofDays().add(2, 5, 9).add(0, 0, 7).add(2, 5, 9).add(2, 5, 8).build();

    assertThat(summary.groups()).isEqualTo(3);
    assertThat(summary.customers()).isEqualTo(4);
    assertThat(summary.repeatBuyers()).isEqualTo(3);
    assertThat(summary.repeatPurchases()).isEqualTo(6);
    assertThat(summary.totalAge()).isEqualTo(33 / 7.0);
    assertThat(summary.count(2)).isEqualTo(2);
    assertThat(summary.maxFrequency()).isEqualTo(2);
    assertThat(summary.maxAge()).isEqualTo(9);
  }

  @Test
  void theLargestValuesKeepTheirPlaces() {
    int limit = (1 << 21) - 1;
    BuyingSummary summary = BuyingSummary.ofDays().add(limit, limit, limit).build();

    assertThat(summary.frequency(0)).isEqualTo(limit);
    assertThat(summary.recency(0)).isEqualTo(limit);
    assertThat(summary.age(0)).isEqualTo(limit);
  }

  @Test
  void impossibleStatisticsAreRefused() {
    BuyingSummary.Builder builder = BuyingSummary.ofDays();
    assertThatThrownBy(() -> builder.add(1, 9, 8)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(0, 1, 8)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(1, 0, 8)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(-1, 0, 8)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(1, 1, 1 << 21))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BuyingStatistics(1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BuyingStatistics(1, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
