# What the key service may do in Vault, and nothing else. ${transit_key}, ${signing_key} and ${log_mount}
# are filled in by whoever writes the policy (the local stack does; "tallykeep-root",
# "tallykeep-signing" and "tallykeep").

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
# Which of its versions still wrap and open: nothing else about the key may be set.
path "transit/keys/${transit_key}/config" {
  capabilities = ["update"]
  allowed_parameters = {
    "min_decryption_version" = []
    "min_encryption_version" = []
  }
}
# Versions that open nothing any more are destroyed.
path "transit/keys/${transit_key}/trim" {
  capabilities = ["update"]
}
# Which versions exist; Vault never shows the key itself here.
path "transit/keys/${transit_key}" {
  capabilities = ["read"]
}

# The key that signs receipts, checkpoints and heads of the revocation ledger: used, never changed.
path "transit/sign/${signing_key}" {
  capabilities = ["update"]
}
# Its public halves.
path "transit/keys/${signing_key}" {
  capabilities = ["read"]
}

# Its own log-in is prolonged; nothing else of Vault's default policy is needed.
path "auth/token/renew-self" {
  capabilities = ["update"]
}

# Revocations, the same once more in segments, and checkpoints of the audit: written once and read back. No
# update and no delete, so not even a stolen credential of the key service overwrites an entry.
path "${log_mount}/data/revocations/*" {
  capabilities = ["create", "read"]
}
path "${log_mount}/data/revocation-segments/*" {
  capabilities = ["create", "read"]
}
path "${log_mount}/data/checkpoints/*" {
  capabilities = ["create", "read"]
}
