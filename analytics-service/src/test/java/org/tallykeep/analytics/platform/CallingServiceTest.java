package org.tallykeep.analytics.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

class CallingServiceTest {

  /** A token that was found good, with these claims. */
  @NullUnmarked
  private record Token(Map<String, Object> claims) implements JsonWebToken {
    @Override
    public String getName() {
      return "name";
    }

    @Override
    public Set<String> getClaimNames() {
      return claims.keySet();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getClaim(String name) {
      return (T) claims.get(name);
    }
  }

  private static CallingService called(Map<String, Object> claims) {
    return new CallingService(new Token(claims));
  }

  @Test
  void theServiceThatMayIsLetThrough() {
    assertThatCode(() -> called(Map.of("azp", "customer-service")).require("customer-service"))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherServiceIsRefused() {
    assertThatThrownBy(() -> called(Map.of("azp", "keyvault-service")).require("customer-service"))
        .isInstanceOf(AnalyticsProblem.OtherService.class);
  }

  @Test
  void aTokenThatDoesNotSayWhoseItIsIsRefused() {
    assertThatThrownBy(() -> called(Map.of()).require("customer-service"))
        .isInstanceOf(AnalyticsProblem.OtherService.class);
  }
}
