"""Keeps tokens between runs: what a store is, the stores there are, and the one people share.

A store holds texts by key. The texts hold secrets; a key holds none, and is made of letters,
digits, `.`, `_` and `-`. Clients, processes and machines that are given the same store share their
tokens, and refresh each of them once. A store may have a text `advice`, which says how a person
connects again where its token is refused for good.
"""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

from ferrule_runtime.stores.memory import MemoryStore

__all__ = [
    "MemoryStore",
    "StoreFault",
    "TokenStore",
    "default_store",
    "file_store",
    "keyring_store",
    "redis_store",
]

VARIABLE = "FERRULE_TOKEN_STORE"


class StoreFault(Exception):
    """A store that cannot be used: which one, why, and what to do; never what it holds.

    `may_pass` says that nothing is set up wrongly: it does not answer now, and may do so later.
    """

    def __init__(self, told: str, *, may_pass: bool = False) -> None:
        super().__init__(told)
        self.may_pass = may_pass


@runtime_checkable
class TokenStore(Protocol):
    """Where tokens are kept. Every method may be called from any thread; none waits for another.

    Methods raise StoreFault or OSError where the store cannot be used.
    """

    def load(self, key: str) -> str | None:
        """What was saved last, whole; None where there is nothing."""
        ...

    def save(self, key: str, text: str) -> None:
        """Replace what is there, all of it or nothing. It is kept when this returns."""
        ...

    def delete(self, key: str) -> None:
        """Forget it; nothing happens where there is nothing."""
        ...

    def try_lock(self, key: str) -> Callable[[], None] | None:
        """Take the lock of a key at once: what gives it back, or None where somebody has it.

        A lock whose owner has ended is free, and so is, in the end, one that could not be given
        back.
        """
        ...


def file_store(folder: "str | os.PathLike[str]") -> TokenStore:
    """Files in a folder that only their owner can read, one a key."""
    from ferrule_runtime.stores.file import FileStore

    return FileStore(folder)


def keyring_store(service: str = "ferrule") -> TokenStore:
    """The keyring of the operating system. Needs `pip install 'ferrule-runtime[keyring]'`."""
    from ferrule_runtime.stores.keyring import KeyringStore

    return KeyringStore(service)


def redis_store(redis: Any, prefix: str = "ferrule:tokens:") -> TokenStore:
    """A Redis, by its URL or a sync client. Needs `pip install 'ferrule-runtime[redis]'`."""
    from ferrule_runtime.stores.redis import RedisStore

    return RedisStore(redis, prefix)


def default_store(environ: Mapping[str, str] = os.environ) -> TokenStore:
    """The store that sign-ins go to where nobody names another one.

    FERRULE_TOKEN_STORE may be `keyring`, `memory` or a folder; else it is a folder of the user's.
    """
    named = environ.get(VARIABLE, "").strip()
    if named == "keyring":
        return keyring_store()
    if named == "memory":
        return MemoryStore()
    return file_store(named or users_folder(environ))


def users_folder(environ: Mapping[str, str]) -> str:
    """Where programs of this user keep their data, by the custom of the system."""
    from pathlib import Path

    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA") or "~/AppData/Local"
    else:
        base = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return str(Path(base).expanduser() / "ferrule" / "tokens")
