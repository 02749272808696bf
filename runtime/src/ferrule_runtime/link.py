"""The connections of a client and all its copies: one wire, or one for each event loop."""

from threading import Lock
from typing import TYPE_CHECKING, Any

from ferrule_runtime.forks import watch

if TYPE_CHECKING:
    from ferrule_runtime.wires.public import AsyncPublicWire, PublicWire

# Wires of a parent process: closing them here would write to sockets that are not ours.
_left_behind: list[Any] = []


class Link:
    """Makes wires when they are first needed and closes those that are ours."""

    __slots__ = ("__weakref__", "_async", "_http_client", "_lock", "_proxy", "_sync", "epoch")

    def __init__(self, http_client: Any, proxy: str | None) -> None:
        self._http_client = http_client
        self._proxy = proxy
        self._lock = Lock()
        self._sync: dict[bool, PublicWire] = {}
        self._async: dict[tuple[bool, Any], AsyncPublicWire] = {}
        # Another object as soon as wires that somebody has kept are no longer to be used.
        self.epoch = object()
        watch(self)

    def __repr__(self) -> str:
        return f"Link({len(self._sync) + len(self._async)} wires)"

    def wire(self, *, verify: bool) -> "PublicWire":
        """The wire for sync calls."""
        from ferrule_runtime.wires.library import library, library_of
        from ferrule_runtime.wires.public import PublicWire

        with self._lock:
            wire = self._sync.get(verify)
            if wire is None:
                found = library_of(self._http_client)
                if found is not None:
                    wire = PublicWire(found[0], self._http_client, is_ours=False)
                else:
                    wire = PublicWire.own(library(), verify=verify, proxy=self._proxy)
                self._sync[verify] = wire
            return wire

    def async_wire(self, loop: Any, *, verify: bool) -> "AsyncPublicWire":
        """The wire for calls on this event loop. Wires of loops that were closed are dropped."""
        from ferrule_runtime.wires.library import library, library_of
        from ferrule_runtime.wires.public import AsyncPublicWire

        with self._lock:
            for key in [key for key in self._async if key[1].is_closed()]:
                # Their sockets hold their loop: weak references alone would never let go of them.
                del self._async[key]
            wire = self._async.get((verify, loop))
            if wire is None:
                found = library_of(self._http_client)
                if found is not None:
                    wire = AsyncPublicWire(found[0], self._http_client, is_ours=False)
                else:
                    wire = AsyncPublicWire.own(library(), verify=verify, proxy=self._proxy)
                self._async[verify, loop] = wire
            return wire

    def preload(self, *, verify: bool) -> None:
        """Import and make what the first wire of an event loop will need."""
        from importlib import import_module

        from ferrule_runtime.wires.library import contexts, library

        import_module("ferrule_runtime.wires.public")
        if self._http_client is None:
            contexts.get(library(), verify=verify)

    def close(self) -> None:
        """Close the connections of sync calls; another call opens new ones."""
        with self._lock:
            self.epoch = object()
            wires, self._sync = list(self._sync.values()), {}
        for wire in wires:
            wire.close()

    async def aclose(self, loop: Any) -> None:
        """Close the connections of this event loop; another call opens new ones."""
        with self._lock:
            self.epoch = object()
            keys = [key for key in self._async if key[1] is loop]
            wires = [self._async.pop(key) for key in keys]
        for wire in wires:
            await wire.aclose()

    def after_fork(self) -> None:
        """In a child process: the connections belong to the parent."""
        self._lock = Lock()
        self.epoch = object()
        _left_behind.extend((self._sync, self._async))
        self._sync, self._async = {}, {}
