"""Keeps user-given addresses out of private networks, when they are set and when called."""

import functools
import ipaddress
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
from ferrule_runtime.omit import omit
from ferrule_runtime.templates import TemplateFault, render

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str], Iterable[str]]

EVERYWHERE = ("0.0.0.0/0", "::/0")
REFUSED = "It leads into a private network, which this service does not allow."


class AddressRefused(httpx.ConnectError):
    """A host whose address this service does not call; raised before anything is sent."""


def resolve(host: str) -> list[str]:
    """The addresses of a host name as the system knows them; none if it knows the name not."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Networks:
    """Which addresses may be called: the public ones, and those that are allowed by name."""

    def __init__(self, allowed: Iterable[str] = (), *, resolve: Resolve = resolve) -> None:
        self._allowed: list[Network] = []
        self._resolve = resolve
        for text in allowed:
            for each in EVERYWHERE if text == "all" else (text,):
                try:
                    self._allowed.append(ipaddress.ip_network(each, strict=False))
                except ValueError:
                    raise CannotStart(
                        f"{text} is no network; write 10.0.0.0/8, 127.0.0.1 or all."
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

    def check(self, form: Form, values: Mapping[str, Any]) -> list[FieldFault]:
        """A fault for each setting through which a base URL leads where it may not."""
        connector = form.connector
        if connector is None:
            return []
        scope = _scope(connector, values)
        faults: dict[str, FieldFault] = {}
        for template in addresses(connector):
            settings = [name for name in _settings_of(template, connector) if name in values]
            if settings and any(self.refuses(host) for host in _hosts_of(template, scope)):
                fault = FieldFault(f"/{settings[0]}", "private-network", REFUSED)
                faults.setdefault(settings[0], fault)
        return list(faults.values())

    def transport(
        self, connector: Connector, context: ssl.SSLContext | None = None
    ) -> "GuardedTransport":
        """A transport that dials only what is allowed, and the hosts that the connector fixes.

        `context` is what TLS is done with, where the usual authorities are not meant.
        """
        fixed = {
            host
            for template in addresses(connector)
            if template is not connector.origins
            if not _settings_of(template, connector)
            for host in _hosts_of(template, {})
        }
        return GuardedTransport(self, fixed, context or _ssl_context())


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


@functools.cache
def _ssl_context() -> ssl.SSLContext:
    """Made once: reading every certificate authority takes longer than most tests."""
    return httpx.create_ssl_context(trust_env=False)


class _Backend(httpcore.NetworkBackend):
    """Dials the address that was checked, so that a name cannot change in between."""

    def __init__(self, networks: Networks, fixed: set[str]) -> None:
        self._networks = networks
        self._fixed = fixed
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


class GuardedTransport(httpx.HTTPTransport):
    """httpx's transport over checked connections; the environment's proxies are not asked."""

    def __init__(self, networks: Networks, fixed: set[str], context: ssl.SSLContext) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=4,
            network_backend=_Backend(networks, fixed),
        )
