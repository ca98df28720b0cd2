package org.tallykeep.keyvault.revocation;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.audit.Permission;

/** The ledger that lost entries, for security officers. */
@Path("/v1/revocations/ledger")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Revocation ledger", description = "Whether it is whole; for security officers")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not a security officer")
public class LedgerResource {

  private static final String HASH = "[0-9a-f]{64}";

  private final Callers callers;
  private final Permission permission;
  private final LedgerOverrides overrides;

  LedgerResource(Callers callers, Permission permission, LedgerOverrides overrides) {
    this.callers = callers;
    this.permission = permission;
    this.overrides = overrides;
  }

  /** An entry: its number and its hash in hexadecimal. */
  record LedgerPlace(long position, String hash) {

    static LedgerPlace of(LedgerRepository.Place place) {
      return new LedgerPlace(place.position(), LedgerHead.hex(place.head()));
    }
  }

  /** How the ledger stands. */
  record LedgerView(
      @Schema(description = "Whether keys are opened") boolean ready,
      @Schema(description = "What is wrong, and what to do") @Nullable String problem,
      @Schema(description = "The last entry that was read; position 0 before the first")
          LedgerPlace head,
      @Schema(description = "The last entry that is remembered and lost, where officers may say so")
          @Nullable LedgerPlace remembered,
      @Schema(description = "Whether two officers can take it as it is") boolean overridable) {}

  /** An officer's word. */
  record OverrideRequest(
      @Schema(description = "The hash of the last entry that is left, as shown")
          @NotNull
          @Pattern(regexp = HASH)
          String head,
      @Schema(description = "The hash of the entry that is remembered, as shown")
          @NotNull
          @Pattern(regexp = HASH)
          String remembered,
      @Schema(description = "Why the entries cannot be restored; kept in the audit")
          @NotBlank
          @Size(max = 500)
          String reason) {}

  /** What comes of it. */
  record OverrideReply(
      @Schema(description = "asked: another officer has to say the same; accepted: it is done")
          String state,
      @Schema(description = "Until when another officer has to say it") @Nullable Instant until,
      @Schema(description = "A signed note of what was given up; see docs/formats.md")
          @Nullable String signed) {}

  @GET
  @Operation(
      operationId = "showLedger",
      summary = "How the revocation ledger stands",
      description =
          "Answers also while the service is not ready because its ledger is broken, if it was"
              + " started with TALLYKEEP_LEDGER_RECOVERY=true.")
  @APIResponseSchema(
      value = LedgerView.class,
      responseCode = "200",
      responseDescription = "As it stands")
  public LedgerView show() {
    permission.requireOfficerInRecovery(callers.current(), "show-ledger");
    Optional<LedgerBroken> broken = overrides.brokenness();
    Optional<LostEntries> lost = broken.flatMap(LedgerBroken::lost);
    LedgerHead head = overrides.head();
    return new LedgerView(
        overrides.isReady(),
        broken.map(LedgerBroken::advice).orElse(null),
        new LedgerPlace(head.position(), head.hash()),
        lost.map(LostEntries::remembered).map(LedgerPlace::of).orElse(null),
        lost.isPresent());
  }

  @POST
  @Path("override")
  @Operation(
      operationId = "overrideLedger",
      summary = "Take a ledger that lost entries as it is",
      description =
          "The first officer's call is kept for an hour; when another officer says the same in it,"
              + " the lost entries are given up and the service goes on. Keys that were destroyed"
              + " by lost entries come back to life wherever the key database was restored from"
              + " before; have them destroyed again.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "Vault was restored",
                      value =
                          """
                          {"head":"5f0c4b6a115d7a1c1e3f5e4c539d860d5f0c4b6a115d7a1c1e3f5e4c539d860d",
                           "remembered":"0d5f0c4b6a115d7a1c1e3f5e4c539d860d5f0c4b6a115d7a1c1e3f5e4c539d86",
                           "reason":"Vault was restored from Monday; no newer copy is left"}""")))
  @APIResponse(
      responseCode = "403",
      description = "urn:tallykeep:problem:second-officer-needed, or not a security officer")
  @APIResponse(
      responseCode = "409",
      description =
          "urn:tallykeep:problem:ledger-not-overridable or urn:tallykeep:problem:ledger-changed")
  @APIResponseSchema(
      value = OverrideReply.class,
      responseCode = "200",
      responseDescription = "Both officers said so: it is done")
  @APIResponse(
      responseCode = "202",
      description = "Another officer has to say the same",
      content = @Content(schema = @Schema(implementation = OverrideReply.class)))
  public RestResponse<OverrideReply> override(@NotNull @Valid OverrideRequest request) {
    Caller.Person officer =
        permission.requireOfficerInRecovery(callers.current(), "override-ledger");
    LedgerOverrides.Wanted wanted =
        new LedgerOverrides.Wanted(request.head(), request.remembered(), request.reason());
    return switch (overrides.say(officer, wanted)) {
      case LedgerOverrides.Waiting(Instant until) ->
          RestResponse.status(
              RestResponse.Status.ACCEPTED, new OverrideReply("asked", until, null));
      case LedgerOverrides.Accepted(String signed) ->
          RestResponse.ok(new OverrideReply("accepted", null, signed));
    };
  }
}
