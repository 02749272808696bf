"""URLs as origins and targets: parsed strictly, joined by RFC 3986, never to a place unseen."""

import re
from collections.abc import Mapping
from typing import Any

from ferrule_runtime.omit import omit
from ferrule_runtime.templates import Choice, Ref, Template, as_text, render
from ferrule_runtime.wire import Origin

_USUAL_PORTS = {"http": 80, "https": 443}
# What a browser or a parser drops, folds or reads otherwise than another one would.
_has_unsafe = re.compile(r"[\x00-\x20\x7f\\]").search
_is_host = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?").fullmatch
_is_host_part = re.compile(r"[A-Za-z0-9._-]*(:[0-9]{1,5})?").fullmatch
_is_stray_percent = re.compile(r"%(?![0-9A-Fa-f]{2})").sub
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?[]"


class UrlFault(ValueError):
    """A URL that is not usable or leads elsewhere; tells why, not the URL."""


class Foreign(ValueError):
    """A URL that the service gave leads away from its own origins."""


def parse_url(text: str) -> tuple[Origin, str, str]:
    """Origin, path and query (percent-encoded, without `?`) of an absolute http or https URL."""
    if _has_unsafe(text):
        raise UrlFault("it holds a blank, a backslash or a control character")
    from urllib.parse import urlsplit  # not before a client is made

    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, None
    if parts is None:
        raise UrlFault("its host or port is malformed")
    if parts.scheme not in _USUAL_PORTS:
        raise UrlFault("it does not begin with https:// or http://")
    if "@" in parts.netloc:
        raise UrlFault("it holds a user name or password")
    origin = Origin(parts.scheme, _host(host), _USUAL_PORTS[parts.scheme] if port is None else port)
    return origin, _encoded(parts.path, _PATH_SAFE), _encoded(parts.query, _QUERY_SAFE)


def _host(host: str) -> str:
    if ":" in host:
        import ipaddress

        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            host = ""
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            host = ""
    if not _is_host(host):
        raise UrlFault("it has no host, or one that cannot be")
    return host


def _encoded(text: str, safe: str) -> str:
    from urllib.parse import quote

    if text.isascii() and "%" not in text:
        return quote(text, safe=safe)
    try:
        return quote(_is_stray_percent("%25", text), safe=safe)
    except UnicodeEncodeError:
        pass
    raise UrlFault("it holds a lone surrogate, which is not text")


def resolve(reference: str, origin: Origin, target: str) -> tuple[Origin, str]:
    """Where a URL of an answer leads, seen from the request that brought it: origin and target.

    Relative ones are joined by RFC 3986. Raises UrlFault for what is no http URL, holds user
    information or characters that are read in several ways.
    """
    reference = reference.strip(" \t")
    if _has_unsafe(reference):
        raise UrlFault("it holds a blank, a backslash or a control character")
    if reference.startswith("@"):
        raise UrlFault("it begins with @, which put behind a host would name another one")
    from urllib.parse import urljoin

    try:
        joined = urljoin(origin.text + target, reference)
    except ValueError:
        joined = ""
    if not joined:
        raise UrlFault("its host or port is malformed")
    found, path, query = parse_url(joined)
    return found, _target(without_dots(path), query)


def without_dots(path: str) -> str:
    """The path with `.` and `..` segments taken out (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for place, segment in enumerate(segments):
        if segment in (".", ".."):
            if segment == ".." and len(kept) > 1:
                kept.pop()
            if place == len(segments) - 1:
                kept.append("")
        else:
            kept.append(segment)
    return "/".join(kept) if len(kept) > 1 else "/" + "".join(kept)


def _target(path: str, query: str) -> str:
    return (path or "/") + (f"?{query}" if query else "")


def with_query(target: str, query: str) -> str:
    """The target with these parameters; those of the same name that it has are replaced."""
    if not query:
        return target
    path, mark, present = target.partition("?")
    if mark:
        names = {part.partition("=")[0] for part in query.split("&")}
        kept = [part for part in present.split("&") if part and part.partition("=")[0] not in names]
        query = "&".join([*kept, query])
    return f"{path}?{query}"


def render_url(value: Any, scope: Mapping[str, Any]) -> str:
    """A URL from a template. A value in the host can name a part of the host and nothing else.

    Raises UrlFault for a value that would change the host or climb in the path.
    """
    while isinstance(value, Choice):
        picked = value.templates.get(as_text(scope.get(value.setting)))
        value = "" if picked is None else picked
    if isinstance(value, Ref):
        value = Template((value,))
    if not isinstance(value, Template):
        return str(render(value, scope))
    text = ""
    for part in value.parts:
        if isinstance(part, str):
            text += part
            continue
        given = part.render(scope)
        if given is omit or given is None:
            raise UrlFault(f"{part} is not given")
        piece = as_text(given, part)
        _check_piece(piece, text, str(part))
        text += piece
    return text


def _check_piece(piece: str, before: str, name: str) -> None:
    if not before:
        return  # the setting is the URL, or its beginning
    _, mark, after = before.partition("://")
    if not mark or "/" not in after:
        # Glued to a name that stands there, nothing is a part too: `${site}${suffix}.example.com`.
        if not _is_host_part(piece) or not (piece or before[-1].isalnum()):
            raise UrlFault(f"{name} can name a part of a host only: letters, digits, `-` and `.`")
    elif "?" not in after:
        if _has_unsafe(piece) or "?" in piece or "#" in piece:
            raise UrlFault(f"{name} holds a character that cannot stand in a path")
        if not piece or any(part in (".", "..") for part in piece.split("/")):
            raise UrlFault(f"{name} is empty or climbs out of the path")
