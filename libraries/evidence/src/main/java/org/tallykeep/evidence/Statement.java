package org.tallykeep.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * A JSON object signed by the key service: a JSON Web Signature (RFC 7515) in its compact form,
 * with EdDSA over Ed25519 (RFC 8037). Its {@code typ} says what it states, so that a statement of
 * one sort never passes for one of another.
 *
 * @param <T> what the JSON holds
 */
public final class Statement<T extends Record> {

  /** Receipts of destroyed keys. */
  public static final Statement<Receipt> RECEIPT =
      new Statement<>("tallykeep-receipt", Receipt.class);

  /** Checkpoints of the audit trail. */
  public static final Statement<Checkpoint> CHECKPOINT =
      new Statement<>("tallykeep-audit-checkpoint", Checkpoint.class);

  /** Heads of the revocation ledger. */
  public static final Statement<LedgerHead> LEDGER_HEAD =
      new Statement<>("tallykeep-ledger-head", LedgerHead.class);

  /** That a ledger that lost entries was taken as it is. */
  public static final Statement<LedgerOverride> LEDGER_OVERRIDE =
      new Statement<>("tallykeep-ledger-override", LedgerOverride.class);

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final String type;
  private final Class<T> contents;

  private Statement(String type, Class<T> contents) {
    this.type = type;
    this.contents = contents;
  }

  /** Whoever holds the private half. */
  public interface Signer {

    /** The name of the key that the next signature is made with. */
    String keyId();

    /** An Ed25519 signature, 64 bytes. */
    byte[] sign(byte[] message);
  }

  /** The statement, signed. */
  public String signed(T statement, Signer signer) {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("alg", AlgorithmIdentifiers.EDDSA);
    header.put("kid", signer.keyId());
    header.put("typ", type);
    String input = base64(header) + "." + base64(statement);
    byte[] signature = signer.sign(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + BASE64.encodeToString(signature);
  }

  /**
   * Checks the signature and reads what it signs.
   *
   * @throws NotGenuine when a byte of it was changed, the key is not known, or it states something
   *     else
   */
  public T verified(String compact, SigningKeys keys) {
    try {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setProviderContext(new ProviderContext());
      jws.setAlgorithmConstraints(
          new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA));
      jws.setCompactSerialization(compact.strip());
      if (!type.equals(jws.getHeader("typ"))) {
        throw new NotGenuine("This is no %s.".formatted(type));
      }
      jws.setKey(key(jws, keys));
      if (!jws.verifySignature() || !isCanonical(compact.strip())) {
        throw new NotGenuine("The signature does not fit: it was changed after it was signed.");
      }
      return JSON.readValue(jws.getPayload(), contents);
    } catch (JoseException | JsonProcessingException | IllegalArgumentException e) {
      throw new NotGenuine("This is no signed %s, or it was changed.".formatted(type), e);
    }
  }

  private static PublicKey key(JsonWebSignature jws, SigningKeys keys) {
    String id = jws.getKeyIdHeaderValue();
    if (id == null) {
      throw new NotGenuine("It does not say which key signed it (kid).");
    }
    return keys.named(id)
        .orElseThrow(
            () -> new NotGenuine("It was signed with a key that is not in the key set given."));
  }

  /**
   * Whether each part is written in the one way in which it was signed: the last character of
   * Base64 has bits that decoders overlook.
   */
  private static boolean isCanonical(String compact) {
    for (String part : compact.split("\\.", -1)) {
      if (!BASE64.encodeToString(Base64.getUrlDecoder().decode(part)).equals(part)) {
        return false;
      }
    }
    return true;
  }

  private static String base64(Object json) {
    try {
      return BASE64.encodeToString(JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be stated", e);
    }
  }
}
