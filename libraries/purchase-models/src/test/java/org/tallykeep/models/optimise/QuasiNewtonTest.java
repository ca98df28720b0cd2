package org.tallykeep.models.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuasiNewtonTest {

  private static Minimisation.Converged converged(Objective objective, double... start) {
    return switch (QuasiNewton.minimise(objective, start)) {
      case Minimisation.Converged found -> found;
      case Minimisation.Stopped stopped -> throw new AssertionError(stopped.toString());
    };
  }

  private static Minimisation.Reason stopped(Objective objective, double... start) {
    return switch (QuasiNewton.minimise(objective, start)) {
      case Minimisation.Converged found -> throw new AssertionError(found.toString());
      case Minimisation.Stopped stopped -> stopped.reason();
    };
  }

  @Test
  void theBananaValleyIsFollowedToItsEnd() {
    Minimisation.Converged found =
        converged(
            (at, g) -> {
              double u = 1 - at[0];
              double v = at[1] - at[0] * at[0];
              g[0] = -2 * u - 400 * at[0] * v;
              g[1] = 200 * v;
              return u * u + 100 * v * v;
            },
            -1.2,
            1);

    assertThat(found.point()[0]).isCloseTo(1, within(1e-10));
    assertThat(found.point()[1]).isCloseTo(1, within(1e-10));
    // The Hessian at (1, 1) is ((802, -400), (-400, 200)).
    assertThat(found.condition()).isCloseTo(2508.0, within(1.0));
    assertThat(found.evaluations()).isLessThan(80);
  }

  @Test
  void badlyScaledVariablesAreNoHindrance() {
    Minimisation.Converged found =
        converged(
            (at, g) -> {
              g[0] = 2e-3 * (at[0] - 3);
              g[1] = 2e4 * (at[1] + 2);
              return 1e-3 * (at[0] - 3) * (at[0] - 3) + 1e4 * (at[1] + 2) * (at[1] + 2);
            },
            0,
            0);

    assertThat(found.point()[0]).isCloseTo(3, within(1e-6));
    assertThat(found.point()[1]).isCloseTo(-2, within(1e-9));
  }

  @Test
  void anEndOfTheDomainIsSteppedBackFrom() {
    Minimisation.Converged found =
        converged(
            (at, g) -> {
              g[0] = 1 - 0.01 / (1.5 - at[0]);
              g[0] = -g[0];
              return -at[0] - 0.01 * Math.log(1.5 - at[0]);
            },
            0);

    assertThat(found.point()[0]).isCloseTo(1.49, within(1e-8));
  }

  @Test
  void aFunctionWithoutMinimumIsNotSaidToHaveOne() {
    assertThat(
            stopped(
                (at, g) -> {
                  g[0] = -1;
                  return -at[0];
                },
                0))
        .isEqualTo(Minimisation.Reason.NO_MINIMUM_INSIDE);
  }

  @Test
  void aGradientThatLiesIsFoundOut() {
    assertThat(
            stopped(
                (at, g) -> {
                  g[0] = -2 * at[0];
                  return at[0] * at[0];
                },
                1))
        .isEqualTo(Minimisation.Reason.NO_PROGRESS);
  }

  @Test
  void aStartOutsideTheDomainIsSaidToBeOne() {
    assertThat(stopped((at, g) -> Double.NaN, 0))
        .isEqualTo(Minimisation.Reason.START_OUTSIDE_DOMAIN);
  }

  @Test
  void anUndeterminedDirectionShowsInTheCondition() {
    Minimisation.Converged found =
        converged(
            (at, g) -> {
              double sum = at[0] + at[1] - 1;
              g[0] = 2 * sum;
              g[1] = 2 * sum;
              return sum * sum;
            },
            0,
            5);

    assertThat(found.point()[0] + found.point()[1]).isCloseTo(1, within(1e-9));
    assertThat(found.condition()).isGreaterThan(1e8);
  }
}
