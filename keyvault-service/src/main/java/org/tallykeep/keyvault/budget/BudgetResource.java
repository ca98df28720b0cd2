package org.tallykeep.keyvault.budget;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.audit.Permission;

/** Budgets, for security officers. */
@Path("/v1/budgets")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Budgets", description = "How many records each caller may open; for security officers")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(responseCode = "403", description = "Not a security officer")
public class BudgetResource {

  private final Callers callers;
  private final BudgetDesk desk;
  private final Permission permission;

  BudgetResource(Callers callers, BudgetDesk desk, Permission permission) {
    this.callers = callers;
    this.desk = desk;
    this.permission = permission;
  }

  /** One account. */
  record Statement(
      @Schema(examples = "customer-service") String client,
      @Schema(
              description = "service, grant:NAME, person:SUB or jobs:SUB",
              examples = "person:5d7a1c1e-3f5e-4c53-9d86-0d5f0c4b6a11")
          String holder,
      @Schema(examples = "contact") String purpose,
      Limits limits,
      @Schema(description = "In the window that ends now") Map<Window, Long> spent) {

    static Statement of(BudgetStatement statement) {
      return new Statement(
          statement.account().client(),
          statement.account().holder(),
          statement.account().purpose(),
          statement.limits(),
          statement.spent());
    }

    @Override
    public String toString() {
      return "Statement[" + client + ", " + purpose + "]";
    }
  }

  /** Accounts and raises. */
  record Statements(List<Statement> budgets, List<RaiseView> raises) {}

  /** A raise to be given. */
  record RaiseRequest(
      @NotBlank @Size(max = 255) String client,
      @NotBlank @Size(max = 300) String holder,
      @NotBlank @Size(max = 32) String purpose,
      @Schema(description = "The whole limits while it lasts, not what is added") @NotNull @Valid
          Limits limits,
      @Schema(description = "At most 7 days from now") @NotNull Instant notAfter,
      @NotBlank @Size(max = 500) String reason) {

    @Override
    public String toString() {
      return "RaiseRequest";
    }
  }

  /** A raise as it stands. */
  record RaiseView(
      UUID id,
      String client,
      String holder,
      String purpose,
      Limits limits,
      String reason,
      String askedBy,
      Instant notAfter,
      @Schema(description = "Absent while a second officer is waited for")
          @Nullable String approvedBy) {

    static RaiseView of(Raise raise) {
      return new RaiseView(
          raise.id(),
          raise.account().client(),
          raise.account().holder(),
          raise.account().purpose(),
          raise.limits(),
          raise.reason(),
          raise.askedBy(),
          raise.notAfter(),
          raise.approvedBy().orElse(null));
    }

    @Override
    public String toString() {
      return "RaiseView[" + id + "]";
    }
  }

  @GET
  @Operation(
      operationId = "listBudgets",
      summary = "What was spent and what may be",
      description = "Accounts that spent something, and raises that are or may come in force.")
  @APIResponseSchema(
      value = Statements.class,
      responseCode = "200",
      responseDescription = "At most 1,000 accounts, by client, holder and purpose")
  public Statements list(
      @Parameter(description = "Only this service's", example = "customer-service") @RestQuery
          Optional<String> client,
      @Parameter(description = "Only this holder's", example = "service") @RestQuery
          Optional<String> holder) {
    permission.requireOfficer(callers.current(), "list-budgets");
    return new Statements(
        desk.statements(client, holder).stream().map(Statement::of).toList(),
        desk.raises().stream().map(RaiseView::of).toList());
  }

  @POST
  @Path("raises")
  @ResponseStatus(201)
  @Operation(
      operationId = "raiseBudget",
      summary = "Raise a budget for a while",
      description =
          "Far above what is configured it waits for a second officer; what raises of the account"
              + " without one added in the last 24 hours counts, whoever gave them.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "a busy day",
                      value =
                          """
                          {"client":"customer-service","purpose":"contact",
                           "holder":"person:5d7a1c1e-3f5e-4c53-9d86-0d5f0c4b6a11",
                           "limits":{"minute":600,"hour":6000,"day":20000},
                           "notAfter":"2026-03-01T18:00:00Z","reason":"recall of product 17"}""")))
  @APIResponse(responseCode = "422", description = "No such raise can be given")
  @APIResponseSchema(
      value = RaiseView.class,
      responseCode = "201",
      responseDescription = "The raise; without approvedBy when a second officer is waited for")
  public RaiseView raise(@NotNull @Valid RaiseRequest request) {
    String officer = permission.requireOfficer(callers.current(), "raise-budget");
    return RaiseView.of(
        desk.raise(
            officer,
            new Account(request.client(), request.holder(), request.purpose()),
            request.limits(),
            request.notAfter(),
            request.reason()));
  }

  @POST
  @Path("raises/{id}/approval")
  @Operation(
      operationId = "approveRaise",
      summary = "Approve a raise",
      description = "By a security officer who did not ask for it.")
  @APIResponse(responseCode = "404", description = "There is no such raise")
  @APIResponse(responseCode = "422", description = "It does not wait for anybody")
  @APIResponseSchema(
      value = RaiseView.class,
      responseCode = "200",
      responseDescription = "The raise, in force")
  public RaiseView approve(@RestPath UUID id) {
    String officer = permission.requireOfficer(callers.current(), "approve-raise");
    return RaiseView.of(desk.approve(id, officer));
  }
}
