"""Chooses between httpx and httpx2, and knows their clients, whoever made them."""

import importlib.util
import sys
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

from ferrule_runtime.forks import watch
from ferrule_runtime.log import guard_logger
from ferrule_runtime.network import Network, NetworkFault
from ferrule_runtime.wire import Origin

_NAMES = ("httpx2", "httpx")
# These patch httpx and nothing else; what went past them would reach the real service.
_PATCHING_HTTPX = ("respx", "pytest_httpx", "vcr", "opentelemetry.instrumentation.httpx")


def library_name() -> str:
    """The name of the library for clients of our own: httpx2 where it is installed, else httpx.

    httpx as long as a tool is loaded that watches or replaces httpx alone.
    """
    has_tool = any(name in sys.modules for name in _PATCHING_HTTPX)
    is_there = not has_tool and importlib.util.find_spec("httpx2") is not None
    return "httpx2" if is_there else "httpx"


def library() -> ModuleType:
    """The library for clients of our own."""
    return _guarded(library_name())


def core_library() -> ModuleType:
    """What that library itself sends by: httpcore2 or httpcore. It is much quicker to import."""
    return _guarded(library_name().replace("httpx", "httpcore"))


def is_watched() -> bool:
    """Whether somebody watches or replaces what httpx sends: nothing may go past it then."""
    if any(name in sys.modules for name in _PATCHING_HTTPX):
        return True
    return any(_is_patched(sys.modules[name]) for name in _NAMES if name in sys.modules)


def _is_patched(httpx: ModuleType) -> bool:
    home = str(httpx.__file__).rpartition("__init__")[0]
    methods = (
        vars(getattr(httpx, owner)).get(name)
        for owner, name in (
            ("Client", "send"),
            ("AsyncClient", "send"),
            ("HTTPTransport", "handle_request"),
            ("AsyncHTTPTransport", "handle_async_request"),
        )
    )
    codes = (getattr(method, "__code__", None) for method in methods)
    return not all(code and code.co_filename.startswith(home) for code in codes)


def is_proxied(origin: Origin) -> bool:
    """Whether the environment puts a proxy before this origin."""
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    if origin.scheme not in proxies and "all" not in proxies:
        return False
    # A bare IPv6 address reads as a host with a port; httpx knows what to make of it.
    return ":" in origin.host or not proxy_bypass(f"{origin.host}:{origin.port}")


def _guarded(name: str) -> ModuleType:
    guard_logger(name)
    return import_module(name)


def library_of(client: Any) -> tuple[ModuleType, bool] | None:
    """The library that a user's client comes from, and whether the client is async.

    Subclasses count, and classes of either library; None for anything else. Nothing is imported.
    """
    for base in type(client).__mro__:
        name = base.__module__.partition(".")[0]
        if name in _NAMES and base.__name__ in ("Client", "AsyncClient"):
            return _guarded(name), base.__name__ == "AsyncClient"
    return None


class _Contexts:
    """The TLS contexts of this process."""

    __slots__ = ("__weakref__", "_kept", "_lock")

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[str, bool], Any] = {}
        watch(self)

    def get(self, httpx: ModuleType, *, verify: bool) -> Any:
        """One for all clients: making it reads every certificate of the machine."""
        key = (httpx.__name__, verify)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = httpx.create_ssl_context(verify=verify)
            return self._kept[key]

    def after_fork(self) -> None:
        """In a child process: whoever held the lock is not here."""
        self._lock = Lock()


contexts = _Contexts()


def client_arguments(httpx: ModuleType, network: Network, *, verify: bool) -> dict[str, Any]:
    """What both kinds of clients of our own are made with."""
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    return {
        "verify": network.context(verify=verify)(),
        "proxy": network.proxy,
        # Timeouts stand on each request; cookies belong to actions, not to whoever called before.
        "timeout": None,
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        "follow_redirects": False,
        "limits": _limits(httpx),
    }


def transport_arguments(httpx: ModuleType, network: Network, *, verify: bool) -> dict[str, Any]:
    """What a transport through a Unix socket is made with, which httpx does not make by itself."""
    return {
        "verify": network.context(verify=verify)(),
        "limits": _limits(httpx),
        "uds": network.socket,
    }


def made_client(httpx: ModuleType, name: str, arguments: dict[str, Any]) -> Any:
    """A client of our own. Raises NetworkFault where the environment names no usable proxy."""
    told = ""
    try:
        return getattr(httpx, name)(**arguments)
    except ImportError:
        told = "a SOCKS proxy needs socksio: install ferrule-runtime[socks]"
    except (ValueError, httpx.InvalidURL):
        told = "its URL does not begin with one of http://, https://, socks5://, socks5h://"
    raise NetworkFault(
        f"the proxy of the environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY) cannot be used: {told}"
    )


def _limits(httpx: ModuleType) -> Any:
    return httpx.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=20.0)
