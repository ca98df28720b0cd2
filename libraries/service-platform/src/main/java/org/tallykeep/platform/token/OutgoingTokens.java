package org.tallykeep.platform.token;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.Tokens;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jboss.logging.Logger;
import org.tallykeep.platform.problem.Problems;

/**
 * The tokens that this service shows to another: its own (client credentials), or a person's,
 * exchanged so that the other sees who asks and through whom (RFC 8693). Kept in memory until
 * shortly before they expire.
 */
@Singleton
public final class OutgoingTokens {

  private static final Logger LOG = Logger.getLogger(OutgoingTokens.class);
  private static final String EXCHANGE = "exchange";
  private static final String NARROW = "narrow";
  private static final int MOST_DESTINATIONS = 16;
  private static final int MOST_PERSONS = 10_000;

  private final OidcClients clients;
  private final TokenCache<String> own;
  private final TokenCache<String> persons;

  OutgoingTokens(OidcClients clients, Clock clock) {
    this.clients = clients;
    this.own = new TokenCache<>(clock, MOST_DESTINATIONS);
    this.persons = new TokenCache<>(clock, MOST_PERSONS);
  }

  /**
   * This service's own access token for one other service. What the issuer gives at the log-in is
   * good for all of them: shown to one, it could be played to another. So it stays here and is
   * exchanged for one that names that audience alone.
   */
  public Uni<String> ofService(String audience) {
    return own.get(audience, () -> narrow(audience))
        .map(Token::value)
        .onFailure(OutgoingTokens::isNoProblem)
        .transform(OutgoingTokens::serviceRefused);
  }

  /** The person's token, exchanged for one that this service may show on the person's behalf. */
  public Uni<String> ofPerson(String bearerToken) {
    // The cache must not be a collection of tokens that others issued: it knows them by digest.
    return persons
        .get(
            digest(bearerToken),
            () -> ask(() -> clients.getClient(EXCHANGE), Map.of("subject_token", bearerToken)))
        .map(Token::value)
        .onFailure(OutgoingTokens::isNoProblem)
        .transform(OutgoingTokens::personRefused);
  }

  private Uni<Token> narrow(String audience) {
    return ask(clients::getClient, Map.of())
        .chain(
            wide ->
                ask(
                    () -> clients.getClient(NARROW),
                    Map.of("subject_token", wide.value(), "audience", audience)));
  }

  private static Uni<Token> ask(
      java.util.function.Supplier<OidcClient> client, Map<String, String> parameters) {
    return client.get().getTokens(parameters).map(OutgoingTokens::token);
  }

  private static Token token(Tokens tokens) {
    Long expiry = tokens.getAccessTokenExpiresAt();
    return new Token(
        tokens.getAccessToken(), expiry == null ? Instant.MIN : Instant.ofEpochSecond(expiry));
  }

  private static boolean isNoProblem(Throwable failure) {
    return !(failure instanceof org.tallykeep.platform.problem.Problem);
  }

  private static Throwable serviceRefused(Throwable failure) {
    // Either the issuer is away or it does not know this service: callers can only wait.
    LOG.warnf("No token for this service: %s", failure.getClass().getSimpleName());
    return Problems.issuerAway(failure);
  }

  private static Throwable personRefused(Throwable failure) {
    return failure instanceof OidcClientException && isRefusal(failure)
        ? new PersonTokenRefused(failure)
        : Problems.issuerAway(failure);
  }

  /** The issuer answered, but with an error document instead of a token. */
  private static boolean isRefusal(Throwable failure) {
    String message = failure.getMessage();
    return message != null && message.contains("\"error\"");
  }

  private static String digest(String token) {
    try {
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
