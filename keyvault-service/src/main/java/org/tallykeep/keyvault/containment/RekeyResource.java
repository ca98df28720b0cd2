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

/**
 * Keys that are being replaced, for the service that seals anew, and for officers who see what
 * waits and give it up.
 */
@Path("/v1/rekeys")
@Authenticated
@Tag(name = "Re-keying", description = "Keys that are being replaced after an incident")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not a caller that the operation names")
public class RekeyResource {

  private static final String LIST = "list-rekeys";

  private final Callers callers;
  private final Permission permission;
  private final Rekeys rekeys;

  RekeyResource(Callers callers, Permission permission, Rekeys rekeys) {
    this.callers = callers;
    this.permission = permission;
    this.rekeys = rekeys;
  }

  /** Keys to be sealed anew. */
  record Waiting(List<Rekey> rekeys) {}

  /** What the customer service says of these keys, in that version. */
  record Said(@NotNull Family kind, @NotNull List<@NotNull @Valid Version> keys) {}

  /** A key in its new version. */
  @Schema(name = "RekeyVersion")
  record Version(
      @Schema(description = "The key's, as GET /v1/rekeys names it; not the customer's") @NotNull
          UUID id,
      @Schema(description = "What GET /v1/rekeys calls to") @Min(1) int version) {}

  /** What is under the versions before stays as it is. */
  record GivenUp(
      @NotNull Family kind,
      @NotNull List<@NotNull @Valid Version> keys,
      @Schema(
              description =
                  "In the audit the caseId of the action give-up-rekeys, with all keys that were named"
                      + " here, whether they could be given up or not")
          @NotBlank
          @Size(max = 100)
          String reason) {}

  /** How many are known as left. */
  record Left(@Schema(description = "How many of them wait under exactly that version") int left) {}

  /** How many were taken for that the first time. */
  record Taken(
      @Schema(
              description =
                  "How many had been waiting under exactly that version. The others were done already,"
                      + " or have another version; of those to be given up, also what the customer"
                      + " service did not leave")
          int replaced) {}

  @GET
  @Operation(
      operationId = "listRekeys",
      summary = "Keys to be sealed anew",
      description =
          "Open both versions on the standing grant rekey, seal everything of the key under the"
              + " new one, then say so: until then they come again, so go on after the last of a page"
              + " when some of it cannot be, and say which at /v1/rekeys/left. For the customer service;"
              + " and for security officers, who see here what a containment is waiting for:"
              + " /v1/rekeys/given-up says what to do when it stands still.")
  @APIResponseSchema(
      value = Waiting.class,
      responseCode = "200",
      responseDescription = "Some of them; none when there is nothing to do")
  @APIResponse(responseCode = "422", description = "A later key of no kind")
  public Waiting list(
      @Parameter(description = "Keys of this kind alone")
          @RestQuery
          @Nullable
          @Pattern(regexp = "subject|pseudonym")
          String kind,
      @Parameter(description = "Those of later ids: the last one of the page before") @RestQuery
          @Nullable UUID after,
      @Parameter(description = "Only those of which the customer service cannot seal something")
          @RestQuery
          @DefaultValue("false")
          boolean left,
      @RestQuery @DefaultValue("1000") @Min(1) @Max(1000) int limit) {
    Caller caller = callers.current();
    if (!PurposeMatrix.mayRekey(caller)) {
      permission.requireOfficer(caller, LIST);
    }
    if (after != null && kind == null) {
      throw new Refusal.Meaningless("Name the kind of which the later keys are meant.");
    }
    List<Rekey> waiting =
        rekeys.waiting(
            Optional.ofNullable(kind).map(RekeyResource::family),
            Optional.ofNullable(after),
            left,
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
  public Taken acknowledge(@NotNull @Valid Said sealed) {
    Batch.check(sealed.keys());
    Caller caller = callers.current();
    permission.require(PurposeMatrix.mayRekey(caller), caller, "acknowledge-rekeys");
    return new Taken(rekeys.finish(sealed.kind(), refs(sealed.keys())));
  }

  @POST
  @Path("left")
  @Operation(
      operationId = "leaveRekeys",
      summary = "Say that something of keys cannot be sealed anew",
      description =
          "For the customer service only. They go on waiting, and are sealed and acknowledged as the"
              + " others once it can be. Until then an officer may give them up.")
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:batch-too-large")
  @APIResponseSchema(value = Left.class, responseCode = "200", responseDescription = "Noted")
  public Left leave(@NotNull @Valid Said left) {
    Batch.check(left.keys());
    Caller caller = callers.current();
    List<KeyRef> keys = refs(left.keys());
    permission.require(PurposeMatrix.mayRekey(caller), caller, "leave-rekeys", keys);
    return new Left(rekeys.left(left.kind(), keys));
  }

  @POST
  @Path("given-up")
  @Operation(
      operationId = "giveUpRekeys",
      summary = "Give up keys of which something cannot be sealed anew",
      description =
          "For a security officer, when a containment stands still in reseal: a record that does not"
              + " open keeps its key waiting, and every containment with it. 1. Have the customer"
              + " service do a turn: its POST /v1/maintenance/rekey, with a token for that service,"
              + " answers how many keys it sealed, left because something of them does not open, and"
              + " found absent; or nothing, while another replica is at it or when nothing waits."
              + " Absent keys wait for tallykeep.rekey.absent-for (5 minutes) and for transactions"
              + " of its database server. 2. GET /v1/rekeys?left=true names the keys that were left."
              + " In the customer database customer.key_id is such a key, or bytes 3 to 18 of"
              + " purchaser.reidentify. Bring those records back from a backup and do another"
              + " turn. 3. What cannot be brought back is given up here; nothing else is. All records"
              + " of that customer or purchaser that are still under the version before do not open"
              + " any more then, the readable ones, too. While backups last ADR 0013 says how to undo"
              + " that. A key that was exposed once more meanwhile comes again, under its next"
              + " version.")
  @APIResponse(
      responseCode = "400",
      description = "urn:tallykeep:problem:batch-too-large, or no reason, or a long one")
  @APIResponseSchema(value = Taken.class, responseCode = "200", responseDescription = "Noted")
  public Taken giveUp(
      @NotNull
          @Valid
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
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
    String officer =
        permission.requireOfficer(callers.current(), "give-up-rekeys", givenUp.reason(), keys);
    return new Taken(rekeys.giveUp(givenUp.kind(), keys, officer));
  }

  private static List<KeyRef> refs(List<Version> keys) {
    return keys.stream().map(key -> new KeyRef(key.id(), key.version())).toList();
  }
}
