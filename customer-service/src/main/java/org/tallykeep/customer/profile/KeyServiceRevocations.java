package org.tallykeep.customer.profile;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.tallykeep.keyvault.client.transport.KeyServiceTokenFilter;

/** Which keys the key service has destroyed for good: the ledger's word, not a key's absence. */
@Path("/v1/revocations")
@RegisterRestClient(configKey = "keyvault-revocations")
@RegisterProvider(KeyServiceTokenFilter.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface KeyServiceRevocations {

  /** Keys that may be destroyed; at most 1,000. */
  record ToMatch(String kind, List<UUID> ids) {}

  /** A key that is. */
  record Revoked(UUID id) {}

  /** Those that are. */
  record Matched(List<Revoked> revoked) {}

  @POST
  @Path("match")
  Matched match(ToMatch keys);
}
