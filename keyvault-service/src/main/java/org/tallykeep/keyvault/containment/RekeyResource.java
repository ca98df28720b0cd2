package org.tallykeep.keyvault.containment;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.access.PurposeMatrix;
import org.tallykeep.keyvault.audit.Permission;
import org.tallykeep.keyvault.delivery.Batch;
import org.tallykeep.keyvault.platform.Refusal;

/** Keys that are being replaced, for the service that seals anew. */
@Path("/v1/rekeys")
@Authenticated
@Tag(name = "Re-keying", description = "Keys that are being replaced after an incident")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(
    responseCode = "403",
    description = "Neither the customer service nor, where they may, a security officer")
public class RekeyResource {

  private static final String LIST = "list-rekeys";

  private final Callers callers;
  private final Permission permission;
  private final Containments containments;

  RekeyResource(Callers callers, Permission permission, Containments containments) {
    this.callers = callers;
    this.permission = permission;
    this.containments = containments;
  }

  /** Keys to be sealed anew. */
  record Waiting(List<Rekey> rekeys) {}

  /** Everything of these keys is sealed under that version. */
  record Sealed(@NotNull Family kind, @NotNull List<@NotNull @Valid Version> keys) {}

  /** A key in its new version. */
  @Schema(name = "SealedVersion")
  record Version(@NotNull UUID id, @Min(1) int version) {}

  /** What is under the versions before stays as it is. */
  record GivenUp(
      @NotNull Family kind,
      @NotNull List<@NotNull @Valid Version> keys,
      @Schema(description = "For the audit") @NotBlank @Size(max = 100) String reason) {}

  /** How many were taken for that the first time. */
  record Taken(int replaced) {}

  @GET
  @Operation(
      operationId = "listRekeys",
      summary = "Keys to be sealed anew",
      description =
          "Open both versions on the standing grant rekey, seal everything of the key under the"
              + " new one, then say so: until then they come again, so go on after the last of a page"
              + " when some of it cannot be. For the customer service; and for security officers, who"
              + " see here what a containment that stands still is waiting for.")
  @APIResponseSchema(
      value = Waiting.class,
      responseCode = "200",
      responseDescription = "Some of them; none when there is nothing to do")
  public Waiting list(
      @Parameter(description = "Keys of this kind alone")
          @RestQuery
          @Nullable
          @Pattern(regexp = "subject|pseudonym")
          String kind,
      @Parameter(description = "Those of later ids: the last one of the page before") @RestQuery
          @Nullable UUID after,
      @RestQuery @DefaultValue("1000") @Min(1) @Max(1000) int limit) {
    Caller caller = callers.current();
    if (!PurposeMatrix.mayRekey(caller)) {
      permission.requireOfficer(caller, LIST);
    }
    if (after != null && kind == null) {
      throw new Refusal.Meaningless("Name the kind of which the later keys are meant.");
    }
    List<Rekey> waiting =
        containments.waiting(
            Optional.ofNullable(kind).map(RekeyResource::family),
            Optional.ofNullable(after),
            limit);
    if (!waiting.isEmpty() && PurposeMatrix.mayRekey(caller)) {
      // Asked all day by every replica: written down where something is named, or it is refused.
      permission.require(true, caller, LIST);
    }
    return new Waiting(waiting);
  }

  private static Family family(String kind) {
    return Family.valueOf(kind.toUpperCase(Locale.ROOT));
  }

  @POST
  @Path("acks")
  @Operation(
      operationId = "acknowledgeRekeys",
      summary = "Say that everything is sealed under the new versions",
      description =
          "The versions before open nothing any more, but for what is restored from a backup on"
              + " the grant rekey.")
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:batch-too-large")
  @APIResponseSchema(value = Taken.class, responseCode = "200", responseDescription = "Noted")
  public Taken acknowledge(@NotNull @Valid Sealed sealed) {
    Batch.check(sealed.keys());
    Caller caller = callers.current();
    permission.require(PurposeMatrix.mayRekey(caller), caller, "acknowledge-rekeys");
    return new Taken(containments.sealed(sealed.kind(), refs(sealed.keys())));
  }

  @POST
  @Path("given-up")
  @Operation(
      operationId = "giveUpRekeys",
      summary = "Give up keys of which something cannot be sealed anew",
      description =
          "A record that does not open keeps its key, and the containment, waiting: this ends it."
              + " Whatever is still under the version before does not open any more, the readable"
              + " records of that customer or purchaser included, unless the key is contained once"
              + " more before the last backup ends. For security officers; the keys and the reason"
              + " are in the audit.")
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:batch-too-large")
  @APIResponseSchema(value = Taken.class, responseCode = "200", responseDescription = "Noted")
  public Taken giveUp(
      @NotNull
          @Valid
          @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(
                              name = "a damaged profile",
                              value =
                                  """
                                  {"kind":"subject","reason":"restored without its contacts",
                                   "keys":[{"id":"0b0e8e5c-2f6a-4f39-9d0e-6d6c2a3f1c11","version":2}]}""")))
          GivenUp givenUp) {
    Batch.check(givenUp.keys());
    List<KeyRef> keys = refs(givenUp.keys());
    permission.requireOfficer(callers.current(), "give-up-rekeys", givenUp.reason(), keys);
    return new Taken(containments.sealed(givenUp.kind(), keys));
  }

  private static List<KeyRef> refs(List<Version> keys) {
    return keys.stream().map(key -> new KeyRef(key.id(), key.version())).toList();
  }
}
