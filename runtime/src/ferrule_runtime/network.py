"""How a client reaches its service: proxy, Unix socket, and what TLS is done with."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from ferrule_runtime.forks import watch
from ferrule_runtime.frozen import Frozen

_PROXIES = ("http", "https", "socks5", "socks5h")


class NetworkFault(ValueError):
    """What a client is to reach its service by cannot be used; names settings, never values."""


class Tls(Frozen):
    """What TLS is done with: files by path, or their contents; templates in a connector.

    `ca` are the authorities that are trusted instead of the usual ones. `client_cert` and
    `client_key` are PEM, one file or two; `pfx` is both in one (PKCS 12, needs the extra `pfx`).
    `passphrase` opens the key. `verify` False takes any certificate.
    """

    __slots__ = ("ca", "client_cert", "client_key", "passphrase", "pfx", "verify")
    ca: Any
    client_cert: Any
    client_key: Any
    passphrase: Any
    pfx: Any
    verify: Any

    def __init__(
        self,
        *,
        ca: Any = None,
        client_cert: Any = None,
        client_key: Any = None,
        passphrase: Any = None,
        pfx: Any = None,
        verify: Any = True,
    ) -> None:
        self._fill(
            ca=ca,
            client_cert=client_cert,
            client_key=client_key,
            passphrase=passphrase,
            pfx=pfx,
            verify=verify,
        )

    def __repr__(self) -> str:
        given = [name for name in self.__slots__ if getattr(self, name) is not None]
        return f"Tls({', '.join(given)}: hidden)"

    @property
    def is_usual(self) -> bool:
        """Whether nothing is asked for but the usual authorities."""
        return not (self.ca or self.client_cert or self.client_key or self.pfx)


class Network:
    """The way to a service, shared by a client and its copies. Making one opens nothing.

    `names` are what the parts of `tls` are called where they are given, for messages.
    """

    __slots__ = ("__weakref__", "_contexts", "_lock", "_names", "_tls", "proxy", "socket")

    def __init__(
        self,
        *,
        proxy: str | None = None,
        socket: str | None = None,
        tls: Tls | None = None,
        names: dict[str, str] | None = None,
    ) -> None:
        """Raises NetworkFault for what can be seen without opening anything."""
        self.proxy = proxy
        self.socket = socket
        self._tls = tls or Tls()
        self._names = names or {}
        self._lock = Lock()
        self._contexts: dict[tuple[str, bool], Any] = {}
        if proxy is not None and socket is not None:
            raise NetworkFault("a proxy and a socket are given: the way leads through one of them")
        if proxy is not None:
            _check_proxy(proxy)
        watch(self)

    def __repr__(self) -> str:
        return "Network(hidden)"

    @property
    def verifies(self) -> bool:
        """Whether certificates are verified, unless a client says otherwise."""
        return self._tls.verify is not False

    def context(self, *, verify: bool) -> Callable[[], Any]:
        """Gives the TLS context when it is first needed: plain http needs none."""

        def made() -> Any:
            from ferrule_runtime.wires.library import contexts, library

            httpx = library()
            if self._tls.is_usual:
                return contexts.get(httpx, verify=verify)
            key = (httpx.__name__, verify)
            with self._lock:
                if key not in self._contexts:
                    self._contexts[key] = self._own_context(httpx, verify=verify)
                return self._contexts[key]

        return made

    def prepare(self, *, verify: bool) -> None:
        """Read what is asked for, and find the libraries for it. Raises NetworkFault."""
        if self.proxy is not None and self.proxy.lower().startswith("socks"):
            from importlib.util import find_spec

            if find_spec("socksio") is None:
                raise NetworkFault("a SOCKS proxy needs socksio: install ferrule-runtime[socks]")
        if not self._tls.is_usual:
            self.context(verify=verify)()

    def _own_context(self, httpx: Any, *, verify: bool) -> Any:
        from ferrule_runtime.wires.certificates import tls_context

        return tls_context(self._tls, self._names, httpx, verify=verify)

    def after_fork(self) -> None:
        """In a child process: whoever held the lock is not here."""
        self._lock = Lock()


def _check_proxy(proxy: str) -> None:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(proxy)
        is_usable = parts.scheme in _PROXIES and bool(parts.hostname)
        is_usable = is_usable and (parts.port is None or parts.port > 0)
    except ValueError:
        is_usable = False
    if not is_usable:
        known = ", ".join(f"{name}://" for name in _PROXIES)
        raise NetworkFault(f"the proxy is not a URL that begins with one of {known}")
