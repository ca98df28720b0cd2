# What the key service may do in Vault, and nothing else. ${transit_key} and ${revocations_mount} are
# filled in by whoever writes the policy (the local stack does; "tallykeep-root" and "revocations").

# The root key: used and turned over, never read, exported, changed or deleted.
path "transit/encrypt/${transit_key}" {
  capabilities = ["update"]
}
path "transit/decrypt/${transit_key}" {
  capabilities = ["update"]
}
path "transit/keys/${transit_key}/rotate" {
  capabilities = ["update"]
}
# Which versions exist; Vault never shows the key itself here.
path "transit/keys/${transit_key}" {
  capabilities = ["read"]
}

# The revocation ledger: written once, read back, listed. No update, so nothing is overwritten.
path "${revocations_mount}/data/*" {
  capabilities = ["create", "read"]
}
path "${revocations_mount}/metadata/*" {
  capabilities = ["list"]
}
path "${revocations_mount}/metadata" {
  capabilities = ["list"]
}
