"""Keeps tokens in the keyring of the operating system; locked between processes by empty files."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ferrule_runtime.stores import StoreFault, users_folder
from ferrule_runtime.stores.file import FileStore

# Some keyrings hold no longer text than 2,560 bytes, which may be two a character.
PART_LENGTH = 1_000
MOST_PARTS = 200


class KeyringStore:
    """A token store in the keyring. A long text is kept in parts, named by a head that comes last.

    `locks` is the folder of its locks, which hold nothing.
    """

    __slots__ = ("_locks", "service")

    def __init__(
        self, service: str = "ferrule", locks: "str | os.PathLike[str] | None" = None
    ) -> None:
        self.service = service
        self._locks = FileStore(users_folder(os.environ) if locks is None else locks)
        _library()

    def __repr__(self) -> str:
        return f"KeyringStore({self.service!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return KeyringStore, (self.service, str(self._locks.folder))

    def load(self, key: str) -> str | None:
        """What was saved last; None where there is nothing."""
        with _typed(self) as keyring:
            head = self._head(keyring, key)
            if head is None:
                return None
            mark, count = head
            parts = [keyring.get_password(self.service, _part(key, mark, n)) for n in range(count)]
        # A part may have been taken away by hand: then nothing is kept.
        return None if None in parts else "".join(parts)

    def save(self, key: str, text: str) -> None:
        """Replace what is there: the new parts, then the head that names them."""
        parts = [text[at : at + PART_LENGTH] for at in range(0, len(text), PART_LENGTH)]
        if len(parts) > MOST_PARTS:
            raise StoreFault(f"{self}: the token is too long")
        with _typed(self) as keyring:
            before = self._head(keyring, key)
            mark = os.urandom(4).hex()
            for number, part in enumerate(parts):
                keyring.set_password(self.service, _part(key, mark, number), part)
            keyring.set_password(self.service, key, json.dumps([mark, len(parts)]))
            self._forget_parts(keyring, key, before)

    def delete(self, key: str) -> None:
        """Forget it, the head first."""
        with _typed(self) as keyring:
            before = self._head(keyring, key)
            if before is not None:
                keyring.delete_password(self.service, key)
                self._forget_parts(keyring, key, before)

    def try_lock(self, key: str) -> Callable[[], None] | None:
        """Take the lock of a key, or None where another thread or process has it."""
        return self._locks.try_lock(key)

    def _head(self, keyring: Any, key: str) -> tuple[str, int] | None:
        found = keyring.get_password(self.service, key)
        try:
            mark, count = json.loads(found or "null")
            return str(mark), min(int(count), MOST_PARTS)
        except (TypeError, ValueError):
            return None

    def _forget_parts(self, keyring: Any, key: str, head: tuple[str, int] | None) -> None:
        mark, count = head or ("", 0)
        for number in range(count):
            if keyring.get_password(self.service, _part(key, mark, number)) is not None:
                keyring.delete_password(self.service, _part(key, mark, number))


def _part(key: str, mark: str, number: int) -> str:
    return f"{key}#{mark}-{number}"


def _library() -> Any:
    from importlib import import_module

    try:
        return import_module("keyring")
    except ImportError:
        pass
    raise StoreFault("a keyring store needs: pip install 'ferrule-runtime[keyring]'")


@contextmanager
def _typed(store: KeyringStore) -> Iterator[Any]:
    """The library; its errors become a StoreFault without a frame that holds a token."""
    reason = ""
    keyring = _library()
    try:
        yield keyring
    except keyring.errors.KeyringError as error:
        reason = f"{type(error).__name__}: {error}".rstrip(": ")
    if reason:
        raise StoreFault(f"{store} cannot be used: {reason}")
