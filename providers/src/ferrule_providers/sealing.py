"""Seals secrets with AES-256-GCM, each bound to the one place in the database that may hold it."""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = "ferrule.sealed.v1"


class KeyMissing(Exception):
    """A value was sealed with a key that this process was not given."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"a value is sealed with the key {key_id}, which is not among the keys")
        self.key_id = key_id


class SealBroken(Exception):
    """A sealed value does not open in this place: changed, moved, or sealed by another key."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value belongs. It opens nowhere else, and only at this revision."""

    connection_id: str
    name: str
    revision: int

    def bound_to(self, key_id: str) -> bytes:
        """The bytes that are authenticated with the value; JSON, so that no two places agree."""
        row = [FORMAT, key_id, self.connection_id, self.name, self.revision]
        return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode("ascii")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed value: nonce, ciphertext and tag in a row, and the id of the key that opens it."""

    key_id: str
    data: bytes


class Keyring:
    """The encryption keys of a process: the first one seals, every one opens.

    The limit of random nonces is 2**32 values a key, which a refresh each second reaches in
    136 years.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise ValueError("a keyring needs at least one key")
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise ValueError(f"a key is {KEY_BYTES} bytes long")
        self._keys = dict(keys)

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self._keys)})"

    @property
    def primary(self) -> str:
        """The id of the key that seals."""
        return next(iter(self._keys))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all keys, the primary one first."""
        return tuple(self._keys)

    def seal(self, place: Place, value: bytes, *, key_id: str | None = None) -> Sealed:
        """Seal a value for one place, with the primary key if no other one is named."""
        key_id = key_id or self.primary
        nonce = os.urandom(NONCE_BYTES)
        cipher = AESGCM(_derived(self._keys[key_id], b"seal"))
        return Sealed(key_id, nonce + cipher.encrypt(nonce, value, place.bound_to(key_id)))

    def open(self, place: Place, sealed: Sealed) -> bytes:
        """The value. Raises KeyMissing or SealBroken; neither says anything about the value."""
        key = self._keys.get(sealed.key_id)
        if key is None:
            raise KeyMissing(sealed.key_id)
        nonce, data = sealed.data[:NONCE_BYTES], sealed.data[NONCE_BYTES:]
        try:
            return AESGCM(_derived(key, b"seal")).decrypt(
                nonce, data, place.bound_to(sealed.key_id)
            )
        except (InvalidTag, ValueError):
            broken = f"{place.name} of {place.connection_id} does not open with {sealed.key_id}"
        raise SealBroken(broken)

    def fingerprint(self, connection_id: str, name: str, value: bytes) -> str:
        """`k1:9f3c2a`: tells whether a value changed, and nothing else about it."""
        key = _derived(self._keys[self.primary], b"fingerprint")
        row = json.dumps([connection_id, name]).encode("ascii") + b"\0" + value
        return f"{self.primary}:{hmac.new(key, row, hashlib.sha256).hexdigest()[:6]}"


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: bytes) -> bytes:
    """A key for one purpose, so that no key is ever used for two."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"ferrule." + purpose).derive(key)
