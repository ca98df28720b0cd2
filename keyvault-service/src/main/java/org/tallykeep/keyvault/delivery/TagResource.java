package org.tallykeep.keyvault.delivery;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.access.Callers;

/** The key service's half of look-up tags for e-mail and phone, and of marks of the erased. */
@Path("/v1/tags")
@Authenticated
@ReleasesKeys
@Tag(name = "Tags", description = "The key service's half of look-up tags")
public class TagResource {

  private final Callers callers;
  private final TagDelivery delivery;

  TagResource(Callers callers, TagDelivery delivery) {
    this.callers = callers;
    this.delivery = delivery;
  }

  /**
   * The fields whose values could be guessed from a phone book, so that two keys make the tag; and
   * what keeps the erased away, which outlives the key that its tags were made with.
   */
  public enum Field {
    EMAIL,
    PHONE,
    SUPPRESSION;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Field of(String label) {
      return Arrays.stream(values())
          .filter(f -> f.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("unknown field"));
    }
  }

  /** Values to be tagged. */
  record TagRequest(
      @NotNull Field field,
      @Schema(description = "The caller's own tags, 32 bytes each in Base64; at most 1,000")
          @NotNull
          List<byte @NotNull []> values,
      @Schema(
              description = "reindex while the index key is turned over; its own budget is charged",
              examples = "reindex")
          @Size(max = 36)
          @Nullable String grant) {

    @Override
    public String toString() {
      return "TagRequest[" + field + "]";
    }
  }

  /** The tags, in the order of the values. */
  record Tagged(List<byte[]> tags) {}

  @POST
  @Operation(
      operationId = "tag",
      summary = "Tag values",
      description =
          "Answers HMAC(K, value) for each value, with a key per field that never leaves the key"
              + " service. For the customer service only.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "one e-mail address",
                      value =
                          """
                          {"field":"email","values":["q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="]}""")))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:batch-too-large")
  @APIResponse(responseCode = "401", description = "No valid token for this service")
  @APIResponse(responseCode = "403", description = "urn:tallykeep:problem:purpose-not-allowed")
  @APIResponse(responseCode = "422", description = "A value that is not 32 bytes")
  @APIResponse(responseCode = "503", description = "Sealed or away; see Retry-After")
  @APIResponseSchema(
      value = Tagged.class,
      responseCode = "200",
      responseDescription = "The tags in the order of the values")
  public Tagged tag(@NotNull @Valid TagRequest request) {
    Batch.check(request.values());
    return new Tagged(
        delivery.tag(
            callers.current(),
            request.field().label(),
            Optional.ofNullable(request.grant()),
            request.values()));
  }
}
