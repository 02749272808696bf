"""Keeps user-given addresses out of private networks, when they are set and when called."""

import ipaddress
import os
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from ferrule_providers.faults import CannotStart, FieldFault
from ferrule_providers.form import Form, addresses
from ferrule_runtime.connector import Connector
from ferrule_runtime.network import Network as Way
from ferrule_runtime.omit import omit
from ferrule_runtime.templates import TemplateFault, render

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str], Iterable[str]]

EVERYWHERE = ("0.0.0.0/0", "::/0")
REFUSED = "It leads into a private network, which this service does not allow."
SOCKET_REFUSED = "It is a socket of the service's machine, which this service does not allow."


class AddressRefused(httpx.ConnectError):
    """A host or socket that this service does not call; raised before anything is sent."""


def resolve(host: str) -> list[str]:
    """The addresses of a host name as the system knows them; none if it knows the name not."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Networks:
    """Which addresses may be called: the public ones, and those that are allowed by name.

    A socket is allowed by its path, or that of a folder above it; never by `all`.
    """

    def __init__(self, allowed: Iterable[str] = (), *, resolve: Resolve = resolve) -> None:
        self._allowed: list[Network] = []
        self._sockets: list[str] = []
        self._resolve = resolve
        for text in allowed:
            if text.startswith("/"):
                self._sockets.append(text)
                continue
            for each in EVERYWHERE if text == "all" else (text,):
                try:
                    self._allowed.append(ipaddress.ip_network(each, strict=False))
                except ValueError:
                    raise CannotStart(
                        f"{text} is no network; write 10.0.0.0/8, 127.0.0.1 or all, "
                        "or the path of a socket."
                    ) from None

    def allows(self, text: str) -> bool:
        """Whether an address is public or allowed."""
        address = _plain(ipaddress.ip_address(text.partition("%")[0]))
        if any(address in network for network in self._allowed):
            return True
        if any(address in network for network in _INSIDE):
            return False
        return address.is_global and not address.is_multicast

    def reachable(self, host: str) -> list[str]:
        """The addresses of a host, if all are allowed. Raises AddressRefused.

        One forbidden address is enough to refuse: which of them is dialled is not ours to say.
        """
        literal = host.strip("[]")
        try:
            ipaddress.ip_address(literal.partition("%")[0])
            found = [literal]
        except ValueError:
            found = list(self._resolve(host))
        if not all(self.allows(each) for each in found):
            raise AddressRefused(REFUSED)
        return found

    def refuses(self, host: str) -> bool:
        """Whether a host leads to an address that is not allowed; an unknown name does not."""
        try:
            self.reachable(host)
        except AddressRefused:
            return True
        return False

    def allowed_socket(self, path: str) -> str:
        """The socket that a path leads to, where that one is allowed. Raises AddressRefused."""
        real = os.path.realpath(path)
        for each in map(os.path.realpath, self._sockets):
            if os.path.commonpath((real, each)) == each:
                return real
        raise AddressRefused(SOCKET_REFUSED)

    def check(self, form: Form, values: Mapping[str, Any]) -> list[FieldFault]:
        """A fault for each setting that leads where it may not, by a URL, a proxy or a socket."""
        connector = form.connector
        if connector is None:
            return []
        scope = _scope(connector, values)
        faults: dict[str, FieldFault] = {}
        socket_path = _rendered(connector.socket, scope)
        called = [connector.proxy, *addresses(connector)]
        if isinstance(socket_path, str) and socket_path:
            # Everything goes through it: no address is dialled.
            called = [connector.proxy]
            for name in _given(connector.socket, connector, values)[:1]:
                try:
                    self.allowed_socket(socket_path)
                except AddressRefused:
                    faults[name] = FieldFault(f"/{name}", "private-network", SOCKET_REFUSED)
        for template in called:
            names = _given(template, connector, values)
            if names and any(self.refuses(host) for host in _hosts_of(template, scope)):
                fault = FieldFault(f"/{names[0]}", "private-network", REFUSED)
                faults.setdefault(names[0], fault)
        return list(faults.values())

    def transport(
        self, connector: Connector, context: ssl.SSLContext, way: Way | None = None
    ) -> "GuardedTransport":
        """A transport that dials only what is allowed, and what the connector fixes.

        `context` is what TLS is done with; `way` has the proxy or the socket to go through.
        """
        fixed: set[str] = set()
        for template in addresses(connector):
            if template is not connector.origins:
                fixed |= _fixed_hosts(template, connector)
        backend = _Backend(
            self,
            _fixed_hosts(connector.proxy, connector) if way and way.proxy else fixed,
            is_socket_fixed=not _settings_of(connector.socket, connector),
        )
        # A proxy dials by itself: what it is asked for is looked at before.
        unseen = None if way is None or way.proxy is None else (self, fixed)
        return GuardedTransport(_pool(context, backend, way), unseen)


def _given(template: Any, connector: Connector, values: Mapping[str, Any]) -> list[str]:
    return [name for name in _settings_of(template, connector) if name in values]


def _fixed_hosts(template: Any, connector: Connector) -> set[str]:
    """The hosts of a URL that no setting changes."""
    return set() if _settings_of(template, connector) else set(_hosts_of(template, {}))


def _plain(address: Address) -> Address:
    """An IPv4 address that is written as IPv6 (mapped, 6to4, NAT64) as what it leads to."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return inner or address
    return address


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_INSIDE = tuple(
    map(
        ipaddress.ip_network,
        # Site-local, translated to IPv4 by the house itself (NAT64, SIIT), IPv4 written as IPv6,
        # and what the IETF keeps: not every Python knows them as private.
        ("fec0::/10", "64:ff9b:1::/48", "::ffff:0:0:0/96", "::/96", "192.0.0.0/24"),
    )
)


def _settings_of(template: Any, connector: Connector) -> list[str]:
    if template is None or isinstance(template, str):
        return []
    names = {setting.name for setting in connector.settings}
    found: list[str] = []
    waiting = list(template.roots)
    while waiting:
        name = waiting.pop(0)
        if name in names:
            found.append(name)
        elif hasattr(connector.values.get(name), "roots"):
            waiting.extend(connector.values[name].roots)
    return found


def _scope(connector: Connector, values: Mapping[str, Any]) -> dict[str, Any]:
    scope = {each.name: each.default for each in connector.settings if each.default is not None}
    scope.update(values)
    for name, template in connector.values.items():
        scope[name] = _rendered(template, scope)
    return scope


def _rendered(template: Any, scope: Mapping[str, Any]) -> Any:
    try:
        return render(template, scope)
    except TemplateFault:
        return omit


def _hosts_of(template: Any, scope: Mapping[str, Any]) -> list[str]:
    found = _rendered(template, scope)
    texts = found if isinstance(found, (list, tuple)) else [found]
    hosts = []
    for text in texts:
        if isinstance(text, str):
            try:
                host = urlsplit(text).hostname
            except ValueError:
                continue
            if host:
                hosts.append(host)
    return hosts


class _Backend(httpcore.NetworkBackend):
    """Dials the address that was checked, so that a name cannot change in between."""

    def __init__(self, networks: Networks, fixed: set[str], *, is_socket_fixed: bool) -> None:
        self._networks = networks
        self._fixed = fixed
        self._is_socket_fixed = is_socket_fixed
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that answers. Raises AddressRefused."""
        # A name without an address is not given to the system again: it may have one by then.
        targets = [host] if host in self._fixed else self._networks.reachable(host)
        for last, target in enumerate(targets, 1):
            try:
                return self._inner.connect_tcp(target, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last == len(targets):
                    raise
        raise httpcore.ConnectError("the host has no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the socket that a path leads to. Raises AddressRefused."""
        target = path if self._is_socket_fixed else self._networks.allowed_socket(path)
        return self._inner.connect_unix_socket(target, timeout, socket_options)


def _pool(context: ssl.SSLContext, backend: _Backend, way: Way | None) -> httpcore.ConnectionPool:
    """What connects as a client of the connector would by itself."""
    known: dict[str, Any] = {
        "ssl_context": context,
        "max_connections": 4,
        "network_backend": backend,
    }
    if way is None or way.proxy is None:
        return httpcore.ConnectionPool(uds=None if way is None else way.socket, **known)
    proxy = httpx.Proxy(way.proxy)
    url = proxy.url
    known |= {
        "proxy_url": httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port),
        "proxy_auth": proxy.raw_auth,
    }
    is_socks = url.scheme.startswith("socks")
    return httpcore.SOCKSProxy(**known) if is_socks else httpcore.HTTPProxy(**known)


class GuardedTransport(httpx.HTTPTransport):
    """httpx's transport over checked connections; the environment's proxies are not asked."""

    def __init__(
        self, pool: httpcore.ConnectionPool, unseen: tuple[Networks, set[str]] | None
    ) -> None:
        """`unseen` checks the hosts that somebody else dials, but for those in the set."""
        self._pool = pool
        self._unseen = unseen

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The service's answer. Raises AddressRefused."""
        if self._unseen is not None:
            networks, fixed = self._unseen
            if request.url.host not in fixed:
                networks.reachable(request.url.host)
        return super().handle_request(request)
