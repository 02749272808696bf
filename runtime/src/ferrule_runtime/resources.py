"""What the resources of generated packages derive from, and how clients come to them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from typing import Self

    from ferrule_runtime.client import AsyncClient, SyncClient

T = TypeVar("T")


class Resource:
    """A group of actions of a sync client."""

    def __init__(self, client: "SyncClient") -> None:
        self._client = client
        # Bound once: an action then costs one look-up.
        self._run = client._run
        self._pages = client._pages
        self._download = client._download
        self._lines = client._lines
        self._open = client._open
        self._job = client._job
        self._sweep = client._sweep

    def _as_raw(self) -> "SyncClient":
        return self._client._as_raw()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._client!r})"


class AsyncResource:
    """A group of actions of an async client."""

    def __init__(self, client: "AsyncClient") -> None:
        self._client = client
        self._run = client._run
        self._pages = client._pages
        self._download = client._download
        self._lines = client._lines
        self._open = client._open
        self._job = client._job
        self._sweep = client._sweep

    def _as_raw(self) -> "AsyncClient":
        return self._client._as_raw()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._client!r})"


class Lazy(Generic[T]):
    """A resource of a client, or of another resource: imported and made at its first use."""

    __slots__ = ("_attribute", "_kind", "_module", "_package")

    def __init__(self, module: str, kind: str) -> None:
        self._module = module
        self._kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = name
        self._package = owner.__module__.rpartition(".")[0]

    @overload
    def __get__(self, instance: None, owner: type, /) -> "Self": ...
    @overload
    def __get__(self, instance: object, owner: type | None = None, /) -> T: ...
    def __get__(self, instance: Any, owner: type | None = None, /) -> "Self | T":
        if instance is None:
            return self
        kind = getattr(import_module(self._module, self._package), self._kind)
        is_nested = isinstance(instance, Resource | AsyncResource)
        made: T = kind(instance._client if is_nested else instance)
        # From now on the object has it by itself. Two threads get the same one.
        kept: T = instance.__dict__.setdefault(self._attribute, made)
        return kept
