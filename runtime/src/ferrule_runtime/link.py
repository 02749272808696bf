"""The connections of a client and all its copies: one wire, or one for each event loop."""

from threading import Lock
from typing import TYPE_CHECKING, Any

from ferrule_runtime.forks import watch
from ferrule_runtime.network import Network

if TYPE_CHECKING:
    from ferrule_runtime.wires.core import AsyncCoreWire, CoreWire
    from ferrule_runtime.wires.public import AsyncPublicWire, PublicWire

    SyncWire = CoreWire | PublicWire
    AsyncWire = AsyncCoreWire | AsyncPublicWire

# Wires of a parent process: closing them here would write to sockets that are not ours.
_left_behind: list[Any] = []


class Link:
    """Makes wires when they are first needed and closes those that are ours.

    The core wire sends, unless something stands between: a client of the user's, a proxy, or a tool
    that watches or replaces what httpx sends. Then the public wire does, through httpx itself.
    """

    __slots__ = ("__weakref__", "_async", "_http_client", "_lock", "_network", "_sync", "epoch")

    def __init__(self, http_client: Any, network: Network) -> None:
        self._http_client = http_client
        self._network = network
        self._lock = Lock()
        self._sync: dict[bool, SyncWire] = {}
        self._async: dict[tuple[bool, Any], AsyncWire] = {}
        # Another object as soon as wires that somebody has kept are no longer to be used.
        self.epoch = object()
        watch(self)

    def __repr__(self) -> str:
        return f"Link({len(self._sync) + len(self._async)} wires)"

    def wire(self, *, verify: bool) -> "SyncWire":
        """The wire for sync calls."""
        with self._lock:
            wire = self._sync.get(verify)
            if wire is None:
                wire = self._sync[verify] = self._sync_wire(verify)
            return wire

    def _sync_wire(self, verify: bool) -> "SyncWire":
        from ferrule_runtime.wires import library
        from ferrule_runtime.wires.public import PublicWire

        found = library.library_of(self._http_client)
        if found is not None:
            return PublicWire(found[0], self._http_client, is_ours=False)

        network = self._network
        network.prepare(verify=verify)

        def public() -> PublicWire:
            return PublicWire.own(library.library(), network, verify=verify)

        if network.proxy is not None or library.is_watched():
            return public()
        from ferrule_runtime.wires.core import CoreWire

        return CoreWire(
            library.core_library(), network.context(verify=verify), public, network.socket
        )

    def async_wire(self, loop: Any, *, verify: bool) -> "AsyncWire":
        """The wire for calls on this event loop. Wires of loops that were closed are dropped."""
        with self._lock:
            for key in [key for key in self._async if key[1].is_closed()]:
                # Their sockets hold their loop: weak references alone would never let go of them.
                del self._async[key]
            wire = self._async.get((verify, loop))
            if wire is None:
                wire = self._async[verify, loop] = self._loop_wire(verify)
            return wire

    def _loop_wire(self, verify: bool) -> "AsyncWire":
        from ferrule_runtime.wires import library
        from ferrule_runtime.wires.public import AsyncPublicWire

        found = library.library_of(self._http_client)
        if found is not None:
            return AsyncPublicWire(found[0], self._http_client, is_ours=False)

        network = self._network
        network.prepare(verify=verify)

        def public() -> AsyncPublicWire:
            return AsyncPublicWire.own(library.library(), network, verify=verify)

        if network.proxy is not None or library.is_watched():
            return public()
        from ferrule_runtime.wires.core import AsyncCoreWire

        return AsyncCoreWire(
            library.core_library(), network.context(verify=verify), public, network.socket
        )

    def preload(self, *, verify: bool) -> None:
        """Import and make what the first wire of an event loop will need."""
        if self._http_client is None:
            self._loop_wire(verify)
            self._network.context(verify=verify)()

    def counted(self) -> tuple[int | None, int | None]:
        """How many connections of our own are open, and idle; None where httpx keeps them."""
        with self._lock:
            wires = [*self._sync.values(), *self._async.values()]
        counts = [wire.counted() for wire in wires]
        own = [each for each in counts if each is not None]
        if counts and not own:
            return None, None
        return sum(each[0] for each in own), sum(each[1] for each in own)

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
