"""Reads how the service is to run from the environment, before anything starts."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ferrule_providers.faults import CannotStart

DATABASE = "FERRULE_PROVIDERS_DATABASE"
HOST = "FERRULE_PROVIDERS_HOST"
PORT = "FERRULE_PROVIDERS_PORT"
PUBLIC_URL = "FERRULE_PROVIDERS_PUBLIC_URL"
ALLOWED_HOSTS = "FERRULE_PROVIDERS_ALLOWED_HOSTS"
ALLOWED_NETWORKS = "FERRULE_PROVIDERS_ALLOWED_NETWORKS"
MAX_BODY = "FERRULE_PROVIDERS_MAX_BODY"

DEFAULT_PORT = 8474
DEFAULT_MAX_BODY_BYTES = 1 << 20
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Configuration:
    """How one process of the service runs. Holds no secret but a password in `database`."""

    database: str
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    public_url: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    allowed_networks: tuple[str, ...] = ()
    max_body_bytes: int = DEFAULT_MAX_BODY_BYTES

    @property
    def is_on_loopback(self) -> bool:
        """Whether the service listens to this machine only."""
        return is_loopback(self.host)

    @property
    def is_exposed(self) -> bool:
        """Whether others than this machine are meant to reach the service."""
        return not self.is_on_loopback or self.public_url is not None

    @property
    def is_behind_tls(self) -> bool:
        """Whether people reach the service by https."""
        return (self.public_url or "").startswith("https://")

    @property
    def origin(self) -> str:
        """The origin under which browsers see the service, without a slash at its end."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = "127.0.0.1" if self.host in EVERY_ADDRESS else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """The names in Host headers that are answered, in lower case and without ports."""
        named = {host.lower() for host in self.allowed_hosts}
        if self.public_url:
            named.add((urlsplit(self.public_url).hostname or "").lower())
        if self.is_on_loopback or self.host in EVERY_ADDRESS:
            named.update(LOOPBACK_NAMES)
        if self.host not in EVERY_ADDRESS:
            named.add(f"[{self.host}]" if ":" in self.host else self.host.lower())
        return frozenset(filter(None, named))


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine's own and nobody else's."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False


def read_configuration(environment: Mapping[str, str]) -> Configuration:
    """Read the variables `FERRULE_PROVIDERS_…`. Raises CannotStart naming the one that is wrong."""
    public_url = environment.get(PUBLIC_URL) or None
    if public_url is not None:
        public_url = _read_public_url(public_url)
    return Configuration(
        database=environment.get(DATABASE) or str(default_database(environment)),
        host=environment.get(HOST) or "127.0.0.1",
        port=_number(environment, PORT, DEFAULT_PORT, 65_535),
        public_url=public_url,
        allowed_hosts=_words(environment, ALLOWED_HOSTS),
        allowed_networks=_words(environment, ALLOWED_NETWORKS),
        max_body_bytes=_number(environment, MAX_BODY, DEFAULT_MAX_BODY_BYTES, 1 << 30),
    )


def default_database(environment: Mapping[str, str]) -> Path:
    """Where the SQLite file stands if no database is named."""
    home = environment.get("XDG_DATA_HOME")
    folder = Path(home) if home else Path(os.path.expanduser("~/.local/share"))  # noqa: PTH111
    return folder / "ferrule" / "providers.db"


def _words(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(environment.get(name, "").replace(",", " ").split())


def _number(environment: Mapping[str, str], name: str, default: int, largest: int) -> int:
    text = environment.get(name)
    if not text:
        return default
    if text.isascii() and text.isdigit() and 0 <= int(text) <= largest:
        return int(text)
    raise CannotStart(f"{name} must be a number from 0 to {largest}.")


def _read_public_url(text: str) -> str:
    """An origin as browsers write it: in small letters, without the port that goes by itself."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise CannotStart(f"{PUBLIC_URL} must be an origin such as https://connectors.example.com.")
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{shown}{port}"
