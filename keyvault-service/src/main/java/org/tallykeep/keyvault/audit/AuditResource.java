package org.tallykeep.keyvault.audit;

import io.quarkus.security.Authenticated;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.AuditFault;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.audit.AuditReader.Opened;
import org.tallykeep.keyvault.platform.Refusal;

/** The audit trail, for security officers. */
@Path("/v1/audit")
@Authenticated
@Tag(name = "Audit", description = "Who had which keys; for security officers")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not a security officer")
@APIResponse(responseCode = "503", description = "Sealed or away; see Retry-After")
public class AuditResource {

  private final Callers callers;
  private final Permission permission;
  private final AuditQuery query;
  private final AuditVerification verification;
  private final Checkpoints checkpoints;
  private final Clock clock;

  AuditResource(
      Callers callers,
      Permission permission,
      AuditQuery query,
      AuditVerification verification,
      Checkpoints checkpoints,
      Clock clock) {
    this.callers = callers;
    this.permission = permission;
    this.query = query;
    this.verification = verification;
    this.checkpoints = checkpoints;
    this.clock = clock;
  }

  /** An entry. */
  record Entry(
      Instant at,
      UUID lane,
      long sequence,
      String action,
      AuditEvent.Outcome outcome,
      String purpose,
      String client,
      @Nullable String person,
      @Nullable String grant,
      @Nullable String caseId,
      int records,
      List<Key> keys) {

    static Entry of(Opened opened) {
      AuditEvent event = opened.event();
      return new Entry(
          event.at(),
          opened.lane(),
          opened.sequence(),
          event.action(),
          event.outcome(),
          event.purpose(),
          event.client(),
          event.person().orElse(null),
          event.grant().orElse(null),
          event.caseId().orElse(null),
          event.records(),
          event.keys().stream()
              .map(key -> new Key(key.ref().id(), key.ref().version(), key.released()))
              .toList());
    }

    @Override
    public String toString() {
      return "Entry[" + lane + " " + sequence + "]";
    }
  }

  /** A key that was asked for. */
  record Key(UUID id, int version, boolean released) {}

  /** Entries, in the order of time. */
  record Entries(
      List<Entry> entries,
      @Schema(description = "Whether there are older ones that would not fit") boolean more,
      @Schema(description = "Entries that could not be opened: they were changed")
          long unreadable) {}

  /** What a verification found. */
  record Verified(
      boolean genuine,
      @Schema(examples = "12345") long entries,
      @Schema(examples = "678") long checkpoints,
      List<AuditFault> faults) {

    static Verified of(AuditInspection.Report report) {
      return new Verified(
          report.isGenuine(), report.entries(), report.checkpoints(), report.faults());
    }
  }

  /** A checkpoint. */
  record Witnessed(@Schema(description = "The newest checkpoint's number") long number) {}

  /** What to look for. */
  public static class Search {
    @RestQuery
    @Schema(description = "From this moment on; a day ago when it is left out")
    @Nullable String from;

    @RestQuery
    @Schema(description = "Until before this moment; now when it is left out")
    @Nullable String until;

    @RestQuery
    @Schema(description = "The person's sub")
    @Nullable String person;

    @RestQuery
    @Schema(description = "The service that asked")
    @Nullable String client;

    @RestQuery @Nullable String purpose;

    @RestQuery
    @Schema(
        description =
            "As entries name it, such as unwrap, create, destroy or read-audit; one that none has"
                + " finds none")
    @Nullable String action;

    @RestQuery
    @Schema(description = "granted, refused or withheld")
    @Nullable String outcome;

    @RestQuery
    @Schema(description = "Entries that touched this key")
    @Nullable UUID key;

    @RestQuery
    @DefaultValue("1000")
    @Min(1)
    @Max(10_000)
    @Schema(description = "How many at most: the newest ones")
    int limit;

    AuditQuery.Filter filter(Instant now) {
      return new AuditQuery.Filter(
          moment("from", from).orElse(now.minus(java.time.Duration.ofDays(1))),
          moment("until", until).orElse(now.plusSeconds(1)),
          Optional.ofNullable(person),
          Optional.ofNullable(client),
          Optional.ofNullable(purpose),
          Optional.ofNullable(action),
          Optional.ofNullable(outcome).map(Search::outcome),
          Optional.ofNullable(key));
    }

    private static AuditEvent.Outcome outcome(String label) {
      try {
        return AuditEvent.Outcome.valueOf(label.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new Refusal.Meaningless("outcome is granted, refused or withheld.");
      }
    }

    private static Optional<Instant> moment(String name, @Nullable String text) {
      try {
        return Optional.ofNullable(text).map(Instant::parse);
      } catch (DateTimeParseException e) {
        throw new Refusal.Meaningless(name + " is a moment such as 2026-03-01T08:00:00Z.");
      }
    }
  }

  @GET
  @Operation(
      operationId = "findAudit",
      summary = "Entries of the audit",
      description = "Opened one by one: long spans of time take long.")
  @APIResponse(responseCode = "422", description = "A filter that makes no sense")
  @APIResponseSchema(
      value = Entries.class,
      responseCode = "200",
      responseDescription = "The newest that match, in the order of time")
  public Entries find(@jakarta.ws.rs.BeanParam @jakarta.validation.Valid Search search) {
    AuditQuery.Found found = found(search);
    return new Entries(
        found.entries().stream().map(Entry::of).toList(), found.more(), found.unreadable());
  }

  @GET
  @Path("csv")
  @Produces("text/csv")
  @Operation(operationId = "findAuditCsv", summary = "The same as comma-separated values")
  @APIResponse(responseCode = "200", description = "A header line, then a line an entry")
  @APIResponse(responseCode = "422", description = "A filter that makes no sense")
  public String csv(@jakarta.ws.rs.BeanParam @jakarta.validation.Valid Search search) {
    return AuditCsv.of(found(search).entries());
  }

  private AuditQuery.Found found(Search search) {
    permission.requireOfficer(callers.current(), "read-audit");
    return query.find(search.filter(clock.instant()), search.limit);
  }

  @POST
  @Path("verify")
  @Operation(
      operationId = "verifyAudit",
      summary = "Verify the audit trail",
      description =
          "Walks every entry against the checkpoints that were witnessed outside the database, and"
              + " names the place of whatever was changed, removed, reordered or cut off before"
              + " the newest of them.")
  @APIResponseSchema(
      value = Verified.class,
      responseCode = "200",
      responseDescription = "What was found")
  public Verified verify() {
    permission.requireOfficer(callers.current(), "verify-audit");
    return Verified.of(verification.verify());
  }

  @POST
  @Path("checkpoints")
  @Operation(operationId = "checkpointAudit", summary = "Witness the audit now")
  @APIResponseSchema(
      value = Witnessed.class,
      responseCode = "200",
      responseDescription = "All that this replica wrote before is witnessed")
  public Witnessed checkpoint() {
    permission.requireOfficer(callers.current(), "checkpoint-audit");
    return new Witnessed(checkpoints.writeNow());
  }

  @GET
  @Path("export")
  @Produces("application/gzip")
  @Operation(
      operationId = "exportAudit",
      summary = "The whole trail as a file",
      description =
          "Sealed as it is stored, with its checkpoints: for `tallykeep audit verify`, which needs"
              + " nothing else but the public signing keys.")
  @APIResponse(responseCode = "200", description = "NDJSON, gzip")
  public StreamingOutput export() {
    permission.requireOfficer(callers.current(), "export-audit");
    return out -> {
      try (OutputStream gzip = new GZIPOutputStream(new BufferedOutputStream(out))) {
        verification.export(line -> write(gzip, line));
      }
    };
  }

  private static void write(OutputStream out, String line) {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
