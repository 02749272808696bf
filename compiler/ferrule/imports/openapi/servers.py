"""Servers as a base URL with settings, a choice between environments, and other hosts."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct, field

from ferrule import naming
from ferrule.imports.openapi.api import Api, Operation, Server, Variable
from ferrule.imports.openapi.english import snake
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.scalars import enum_word
from ferrule.imports.openapi.spelling import with_default
from ferrule.imports.openapi.word_sets import words
from ferrule.imports.plain_text import doc_text, one_line

_GAP = re.compile(r"\{([^{}]*)\}")
_ENVIRONMENTS = (
    ("production", ("production", "prod", "live")),
    ("sandbox", ("sandbox", "sbx")),
    ("staging", ("staging", "stage", "preprod", "pre-production", "uat", "qa")),
    ("development", ("development", "dev", "develop")),
    ("test", ("test", "testing", "demo", "mock")),
    ("local", ("local", "localhost", "127.0.0.1")),
)
# Names that look-ups or clients have a use for.
RESERVED = words("""
    token redirect input request response item last page now nonce env
    """) | naming.CLIENT_OPTIONS | naming.KEYWORDS


class Hosts(Struct):
    """What servers come to: keys of a spec, and the settings that they need."""

    base_url: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    hosts: dict[str, str] = field(default_factory=dict)
    why: str = ""
    _by_url: dict[str, str] = field(default_factory=dict)

    def host_of(self, servers: list[Server]) -> str | None:
        """The name of the host that an operation with servers of its own goes to."""
        return self._by_url.get(servers[0].url) if servers else None


def setting_name(text: str, taken: dict[str, Any] | None = None) -> str:
    """A name as a setting; one that has a meaning of its own, or stands already, is changed."""
    name = snake(text) or "value"
    name = name if re.fullmatch(r"[a-z][a-z0-9_]*", name) else f"v_{name}"
    if name in RESERVED:
        name = {"token": "access_token", "name": "account_name", "page": "page_name"}.get(
            name, f"{name}_value"
        )
    wanted, number = name, 2
    while taken is not None and wanted in taken:
        wanted, number = f"{name}{number}", number + 1
    return wanted


def read_servers(api: Api, address: str | None) -> Hosts:
    """The base URL of an API, what an installer has to give for it, and the other hosts.

    `address` is where the document came from, which relative servers are relative to.
    """
    found = Hosts()
    servers = _usable(api.servers, address) or _lifted(api, address)
    own = {id(each) for each in servers}
    if not servers:
        _without_server(api, found)
    elif len(servers) > 1 and _differ_by_environment(servers):
        _choice(found, servers)
    else:
        first = servers[0]
        found.base_url = _template(found, first)
        for other in servers[1:]:
            shown = other.description or other.url
            if other.node is not None and id(other) in own:
                other.node.counted("{count} further servers are left out", shown)
    _other_hosts(api, found, address, servers)
    return found


def _usable(servers: list[Server], address: str | None) -> list[Server]:
    """Servers with a whole URL, each once."""
    found: dict[str, Server] = {}
    for server in servers:
        url = server.url.strip()
        if address is not None and not urlsplit(url).scheme:
            url = urljoin(address, url)
        if url.startswith("//"):
            url = f"https:{url}"
        is_whole = url.lower().startswith(("https://", "http://"))
        if not is_whole and not url.startswith(("/", "{")) and "." in url.partition("/")[0]:
            url = f"https://{url}"
            is_whole = True
        has_host = not is_whole or bool(urlsplit(url.replace("{", "").replace("}", "")).netloc)
        if not has_host:
            if server.node is not None:
                server.node.degraded("a server has a host", "it is left out")
            continue
        if is_whole or url.startswith("{"):
            made = Server(url.rstrip("/"), server.node, server.description, server.variables)
            found.setdefault(made.url, made)
    return list(found.values())


def _lifted(api: Api, address: str | None) -> list[Server]:
    """The server that nearly all operations name for themselves."""
    counts = Counter(each.servers[0].url for each in api.operations if each.servers)
    if not counts:
        return []
    url, _ = counts.most_common(1)[0]
    server = next(
        each.servers[0] for each in api.operations if each.servers and each.servers[0].url == url
    )
    usable = _usable([server], address)
    if usable:
        for each in api.operations:
            if each.servers and each.servers[0].url == url:
                each.servers = []
    return usable


def _without_server(api: Api, found: Hosts) -> None:
    """A document that does not say where its service is: the installer does."""
    path = ""
    for server in api.servers:
        path = _GAP.sub("", server.url).strip()
        path = path if path.startswith("/") else f"/{path}" if path else ""
        path = re.sub(r"[?#].*", "", path).rstrip("/")
        break
    found.settings["server_url"] = {
        ".type": "url",
        ".doc": "Where the service is, such as https://api.example.com.",
    }
    found.base_url = f"${{server_url}}{path.replace('$', '$$')}"
    found.why = "the document names no server"


def _differ_by_environment(servers: list[Server]) -> bool:
    """Whether servers are the same service in several places, without variables."""
    return len(servers) <= 8 and all(not each.variables and "{" not in each.url for each in servers)


def _choice(found: Hosts, servers: list[Server]) -> None:
    names: dict[str, str] = {}
    for server in servers:
        name = _environment(server, names)
        names[name] = _clean_url(server.url)
    first = next(iter(names))
    word = f"enum!({' | '.join(names)})"
    found.settings["environment"] = f"{word} = {first}"
    found.values["server"] = {".by": "environment", **names}
    found.base_url = "${server}"


def _environment(server: Server, taken: dict[str, str]) -> str:
    """A name for a server: what its description or its host calls it."""
    host = urlsplit(server.url).hostname or ""
    for text in (server.description or "", host, server.url):
        words = set(re.split(r"[^a-z0-9.]+", text.lower())) | set(
            re.split(r"[^a-z0-9]+", text.lower())
        )
        for name, signs in _ENVIRONMENTS:
            if words & set(signs) and name not in taken:
                return name
    for candidate in (snake(server.description or ""), snake(host.partition(".")[0]), snake(host)):
        short = "_".join(candidate.split("_")[:3])
        if short and re.match(r"[a-z]", short) and short not in taken:
            return short
    number = 2
    while f"server{number}" in taken:
        number += 1
    return "main" if "main" not in taken else f"server{number}"


def _clean_url(url: str) -> str:
    """A URL as a base: no query, no fragment, no user."""
    found = re.sub(r"[?#].*", "", url.strip()).rstrip("/")
    found = re.sub(r"^(https?://)[^/@]*@", r"\1", found, flags=re.IGNORECASE)
    found = re.sub(r"^(https?)://", lambda met: met[0].lower(), found, flags=re.IGNORECASE)
    return "".join(c for c in found if c.isprintable() and c != " ")


def _template(found: Hosts, server: Server) -> str:
    """A URL whose variables are settings."""
    pieces: list[str] = []
    behind = 0
    url = _clean_url(server.url)
    for gap in _GAP.finditer(url):
        pieces.append(url[behind : gap.start()].replace("$", "$$"))
        behind = gap.end()
        variable = server.variables.get(gap[1], Variable(None))
        name = setting_name(gap[1])
        if name not in found.settings:
            found.settings[name] = _setting(server.node, variable)
        pieces.append(f"${{{name}}}")
    pieces.append(url[behind:].replace("$", "$$"))
    return "".join(pieces)


def _setting(node: Node | None, variable: Variable) -> Any:
    """A variable of a server as a setting."""
    values = tuple(dict.fromkeys(each for each in variable.values if each))
    word = enum_word(values) if len(values) > 1 else "string"
    assert word is not None
    default = variable.default
    if default is None and len(values) == 1:
        default = values[0]
    if default and (not values or default in values or len(values) == 1):
        word = with_default(word, default) or word
    text = one_line(variable.description)
    if not text:
        return word
    del node
    return {".type": word, ".doc": doc_text(text)}


def _other_hosts(api: Api, found: Hosts, address: str | None, base: list[Server]) -> None:
    """Operations whose servers are others than the document's."""
    known = {each.url for each in base}
    for operation in api.operations:
        usable = _usable(operation.servers, address)
        if not usable or usable[0].url in known:
            continue
        server = usable[0]
        if operation.servers[0].url in found._by_url:
            continue
        name = _host_name(server, operation, found.hosts)
        found.hosts[name] = _template(found, server)
        found._by_url[operation.servers[0].url] = name


def _host_name(server: Server, operation: Operation, taken: dict[str, str]) -> str:
    host = re.sub(
        r"[{}]", "", urlsplit(server.url.replace("{", "").replace("}", "")).hostname or ""
    )
    labels = [part for part in host.split(".") if part not in ("www", "api", "com", "io", "net")]
    name = snake(labels[0]) if labels else ""
    name = name or snake(next(iter(operation.tags), "")) or "other"
    name = name if re.match(r"[a-z]", name) else f"host_{name}"
    wanted, number = name, 2
    while wanted in taken:
        wanted, number = f"{name}{number}", number + 1
    return wanted
