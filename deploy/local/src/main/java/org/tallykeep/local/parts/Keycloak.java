package org.tallykeep.local.parts;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.Map;

/** A running Keycloak server: its realm is put there by the administrator, tokens are fetched. */
public record Keycloak(int port) {

  public static final String ADMIN = "admin";

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public String issuer() {
    return url() + "/realms/" + Realm.NAME;
  }

  public boolean hasRealm() {
    return Http.answers(issuer());
  }

  /** Puts the realm there; one of the same name is replaced, and its sessions end. */
  public void replaceRealm(String adminPassword, JsonNode realm) {
    String token =
        token(
            "master",
            Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                ADMIN,
                "password",
                adminPassword));
    String realms = url() + "/admin/realms";
    if (hasRealm()) {
      expectOk(
          "deleting the realm",
          Http.request(realms + "/" + Realm.NAME)
              .header("Authorization", "Bearer " + token)
              .DELETE()
              .build());
    }
    expectOk(
        "making the realm",
        Http.request(realms)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(Http.json(realm))
            .build());
  }

  /** What a person gets who logs in at the given client. */
  public String userToken(String client, String secret, String username, String password) {
    return token(
        Realm.NAME,
        Map.of(
            "grant_type", "password",
            "client_id", client,
            "client_secret", secret,
            "username", username,
            "password", password));
  }

  /** The session of a person who logs in at the given client, as the token that prolongs it. */
  String refreshToken(String client, String secret, String username, String password) {
    Map<String, String> form =
        Map.of(
            "grant_type", "password",
            "client_id", client,
            "client_secret", secret,
            "username", username,
            "password", password);
    return asked(Realm.NAME, form).path("refresh_token").asText();
  }

  /** Whether the session that a refresh token stands for goes on. */
  boolean refreshes(String client, String secret, String refreshToken) {
    return ask(
            Realm.NAME,
            Map.of(
                "grant_type", "refresh_token",
                "client_id", client,
                "client_secret", secret,
                "refresh_token", refreshToken))
        .isOk();
  }

  /** What a machine gets that logs in with its own credentials. */
  public String clientToken(String client, String secret) {
    return token(
        Realm.NAME,
        Map.of(
            "grant_type", "client_credentials",
            "client_id", client,
            "client_secret", secret));
  }

  /** RFC 8693: the person's token for one that names the client and fits the audience. */
  public String exchangedToken(String client, String secret, String subjectToken, String audience) {
    return token(
        Realm.NAME,
        Map.of(
            "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
            "client_id", client,
            "client_secret", secret,
            "subject_token", subjectToken,
            "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
            "audience", audience));
  }

  private String token(String realm, Map<String, String> form) {
    return asked(realm, form).path("access_token").asText();
  }

  private Http.Answer ask(String realm, Map<String, String> form) {
    return Http.send(
        Http.request(url() + "/realms/" + realm + "/protocol/openid-connect/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(Http.form(form))
            .build());
  }

  private JsonNode asked(String realm, Map<String, String> form) {
    Http.Answer answer = ask(realm, form);
    if (!answer.isOk()) {
      throw new PartFailedException(
          "Keycloak refused the log-in of "
              + form.getOrDefault("username", form.get("client_id"))
              + " ("
              + answer.status()
              + ", "
              + answer.body().path("error_description").asText()
              + ").");
    }
    return answer.body();
  }

  private static void expectOk(String what, HttpRequest request) {
    Http.Answer answer = Http.send(request);
    if (!answer.isOk()) {
      throw new PartFailedException(
          "Keycloak answered "
              + answer.status()
              + " to "
              + what
              + ": "
              + answer.body().path("errorMessage").asText());
    }
  }
}
