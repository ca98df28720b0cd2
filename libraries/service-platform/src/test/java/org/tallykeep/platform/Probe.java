package org.tallykeep.platform;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.tallykeep.platform.problem.Problem;
import org.tallykeep.platform.problem.Unavailable;

/** A resource that fails in every way. */
@Path("/v1/probe")
@RolesAllowed("marketer")
@Produces(MediaType.APPLICATION_JSON)
public class Probe {

  private final Calls.AsService asService;
  private final Calls.AsPerson asPerson;

  Probe(@RestClient Calls.AsService asService, @RestClient Calls.AsPerson asPerson) {
    this.asService = asService;
    this.asPerson = asPerson;
  }

  public record Order(@NotNull String name, @Min(1) int units) {}

  static final class TooMany extends Problem {
    TooMany() {
      super(new Kind("too-many", 429, "Too many"), "Ask for 10 at most.");
    }

    @Override
    public Map<String, Object> extras() {
      return Map.of("limit", 10, "status", 200);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(7);
    }
  }

  static final class Senseless extends Problem {
    Senseless() {
      super(new Kind("senseless", 422, "Makes no sense"), "Ask for something else.");
    }
  }

  @GET
  @Path("fails/{how}")
  public String fails(@PathParam("how") String how) {
    throw switch (how) {
      case "known" -> new TooMany();
      case "wrapped" -> new IllegalStateException("outer", new TooMany());
      case "senseless" -> new Senseless();
      case "sealed" -> new Unavailable("sealed", "Unseal it.", Duration.ofSeconds(3), null);
      default -> new IllegalStateException("secret-of-the-inside");
    };
  }

  @POST
  @Path("orders")
  @Consumes(MediaType.APPLICATION_JSON)
  public Order order(@Valid Order order) {
    return order;
  }

  @GET
  @Path("orders/{id}")
  public int units(@PathParam("id") UUID id, @QueryParam("limit") @DefaultValue("1") int limit) {
    return limit;
  }

  @GET
  @Path("as-service")
  public String asService() {
    return asService.authorization();
  }

  @GET
  @Path("as-person/{token}")
  public String asPerson(@PathParam("token") String token) {
    return asPerson.authorization("Bearer " + token);
  }

  @GET
  @Path("as-nobody")
  public String asNobody() {
    return asPerson.authorization(null);
  }

  /** Says nothing about roles, so nobody may call it. */
  @Path("/v1/forgotten")
  public static class Forgotten {
    @GET
    public String get() {
      return "should never be seen";
    }
  }
}
