"""Makes the worked examples of docs/formats.md and FormatTest, sharing no code with the library.

Needs Python 3 and the package `cryptography`. Prints every intermediate value in hex.
"""

import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_wrap_with_padding


def component(value):
    if isinstance(value, int):
        value = struct.pack(">I", value)
    if isinstance(value, str):
        value = value.encode("ascii")
    return struct.pack(">H", len(value)) + value


def joined(*values):
    return b"".join(component(value) for value in values)


def expand(key, info):
    return hmac.new(key, info + b"\x01", hashlib.sha256).digest()


def show(name, value):
    print(f"{name:<20} {value.hex()}")


KEY = bytes(range(32))
KEY_ID = bytes.fromhex("00112233445566778899aabbccddeeff")
KEY_VERSION = 7
NAMED = (KEY_ID, KEY_VERSION)

# The sealed record
sealing = ("tallykeep sealed record", 1, 1, 1)
encryption_info = joined(*sealing, "encryption", *NAMED)
commitment_info = joined(*sealing, "commitment", *NAMED)
encryption_key = expand(KEY, encryption_info)
commitment = expand(KEY, commitment_info)
nonce = bytes(range(0xA0, 0xAC))
header = bytes([1, 1]) + KEY_ID + struct.pack(">I", KEY_VERSION) + nonce + commitment
associated = joined(
    "purchase_history", bytes(range(15, -1, -1)), "aggregate", struct.pack(">q", 42)
)
value = b"two loaves and a lantern"
padded = value + b"\x80" + bytes(64 - len(value) - 1)
show("encryption info", encryption_info)
show("encryption key", encryption_key)
show("commitment info", commitment_info)
show("commitment", commitment)
show("associated data", associated)
show("padded", padded)
show("record", header + AESGCM(encryption_key).encrypt(nonce, padded, header + associated))

# The other derivations
show("purpose key", expand(KEY, joined("tallykeep purpose key", 1, "contact", *NAMED)))

branch = (bytes(range(0x10, 0x20)), 3)
wrap_key = expand(KEY, joined("tallykeep key wrap", 1, *branch, *NAMED, "subject"))
show("wrapped key", aes_key_wrap_with_padding(wrap_key, bytes(range(0x40, 0x61))))

tag_key = expand(KEY, joined("tallykeep blind index", 1, "customer", "external_id", *NAMED))
show("tag", hmac.new(tag_key, struct.pack(">I", 2) + b"h-17", hashlib.sha256).digest())

mac_key = expand(KEY, joined("tallykeep mac", 1, "manifest", *NAMED))
parts = b"".join(struct.pack(">I", len(part)) + part for part in (b"ab", b"", b"c"))
show("mac", hmac.new(mac_key, parts, hashlib.sha256).digest())
