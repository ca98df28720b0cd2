// Command vault is HashiCorp Vault with its server, transit, AppRole, JWT and KV engines. It exists
// because the local stack needs a Vault server where neither a package nor a container brings one.
package main

import (
	"os"

	"github.com/hashicorp/vault/command"
)

func main() {
	os.Exit(command.Run(os.Args[1:]))
}
