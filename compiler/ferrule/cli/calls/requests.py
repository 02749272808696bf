"""Shows a request without sending it: as HTTP, or as a command for curl."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any, Protocol

# Private characters: no text of a caller looks like a variable.
_OPEN, _CLOSE = "\ue000", "\ue001"
_VARIABLE = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_FRAMING = ("content-length", "host", "accept-encoding")


class Request(Protocol):
    """What is shown: `ferrule_runtime.preview.Preview`."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    content: bytes | None
    content_length: int | None
    basic: str | None
    fetches_token: bool


def http_text(request: Request) -> str:
    """The request line, the headers, and the body as far as it can be read."""
    lines = [f"{request.method} {request.url}"]
    lines += [f"{_titled(name)}: {value}" for name, value in request.headers]
    body = _body_text(request)
    if body:
        lines += ["", body]
    if request.fetches_token:
        lines += ["", "(a token is fetched first; it stands where *** is)"]
    return "\n".join(lines)


def _titled(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-")) if name.islower() else name


def _body_text(request: Request) -> str:
    if request.content is None:
        size = "" if request.content_length is None else f", {request.content_length} bytes"
        return f"(a body that is read while it is sent{size})"
    try:
        text = request.content.decode("utf-8")
    except UnicodeDecodeError:
        return f"({len(request.content)} bytes)"
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False) if text else ""
    except ValueError:
        return text


def variable(name: str) -> str:
    """What stands in a request for the value of a variable of the shell."""
    return f"{_OPEN}{name}{_CLOSE}"


def curl_text(request: Request) -> str:
    """The same request for curl; variables of the shell stand for secrets."""
    words: list[str] = ["curl"]
    if request.method != "GET" or request.content:
        words += ["--request", request.method]
    if request.basic is not None:
        words += ["--user", _quoted(request.basic)]
    for name, value in request.headers:
        is_basic = request.basic is not None and name.lower() == "authorization"
        if name.lower() not in _FRAMING and not is_basic:
            words += ["--header", _quoted(f"{_titled(name)}: {value}")]
    if request.content is None:
        words += ["--data-binary", "@FILE"]
    elif request.content:
        words += ["--data-raw", _quoted(request.content.decode("utf-8", "replace"))]
    words.append(_quoted(request.url))
    return _in_lines(words)


def _quoted(text: str) -> str:
    """A word of a shell in which variables are seen and nothing else is."""
    parts: list[str] = []
    end = 0
    for found in _VARIABLE.finditer(text):
        if found.start() > end:
            parts.append(shlex.quote(text[end : found.start()]))
        parts.append(f'"${found[1]}"')
        end = found.end()
    if end < len(text) or not parts:
        parts.append(shlex.quote(text[end:]))
    return "".join(parts)


def _in_lines(words: list[Any]) -> str:
    """An option a line."""
    lines, at = [words[0]], 1
    while at < len(words):
        size = 2 if words[at].startswith("--") else 1
        lines.append(" ".join(words[at : at + size]))
        at += size
    return " \\\n  ".join(lines)
