"""Short names for long contents."""

try:
    # The module that documents it also loads OpenSSL, which takes longer than all that a repeated run does.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

DIGEST = 20
"""Bytes of a digest."""


def digest(*parts: bytes | str) -> str:
    """Name parts, which stay apart in that."""
    key = blake2b(digest_size=DIGEST)
    for part in parts:
        encoded = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        key.update(b"%d:" % len(encoded))
        key.update(encoded)
    return key.hexdigest()
