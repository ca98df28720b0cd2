package org.tallykeep.customer.cards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are the public test numbers of the card schemes. */
class CardsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "please charge 4111 1111 1111 1111, thanks",
        "4111-1111-1111-1111",
        "4111 - 1111 - 1111 - 1111",
        "4111\u00a01111\u200b1111.1111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "no. 12 4111 1111 1111 1111",
        "４１１１１１１１１１１１１１１１",
        "card:5555555555554444.",
        "2223003122003222",
        "378282246310005",
        "3782 822463 10005",
        "6011111111111117",
        "30569309025904",
        "3530111333300000",
        "4222222222222",
        "6759649826438453"
      })
  void aCardNumberIsFoundHoweverItIsWritten(String text) {
    assertThat(Cards.contains(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "leave it at the door",
        "4111111111111112",
        "1111111111111117",
        "41111111111111111",
        "94111111111111111",
        "411111111111",
        "4111 1111 and 1111 1111",
        "+1 202 555 0143",
        "2017-01-01 2017-01-02",
        "4006381333931"
      })
  void otherNumbersAreLeftAlone(String text) {
    assertThat(Cards.contains(text)).isFalse();
  }
}
