"""Reads the path or URL of a request: text, `{parameter:type}` and `${look-up}`."""

from __future__ import annotations

import re
from functools import lru_cache

from ferrule.words.ast import PathParam, PathTemplate, Reference, TypeExpr
from ferrule.words.errors import WordError, shown, visible
from ferrule.words.scanner import Scanner
from ferrule.words.templates import read_reference
from ferrule.words.types import read_type

_METHOD = re.compile(r"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(?=/)", re.IGNORECASE)
_SCHEME = re.compile(r"https?://")
_OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PARAM_NAME = re.compile(r"[^\s{}?:/|#&=$\\\"'\x00-\x1f\x7f]+")
_TEXT = re.compile(r"[^${}]+")
_NO_TEXT = re.compile(r"[\s\x00-\x1f\x7f\\?#]")
_DOTS = (".", "..")

_SAID_OF = {
    "?": ("a query does not stand in a path", "declare the parameter under `query:`"),
    "#": ("a fragment is never sent", "leave out what follows the `#`"),
    "\\": ("a backslash cannot stand in a path", "write `/` or %5C"),
    " ": ("a blank cannot stand in a path", "write %20"),
}


def parse_path_template(text: str) -> PathTemplate:
    """`/tickets/{ticket_id:integer}.json`, `/files/{path:slashes}`, `https://…`, `${upload_url}`.

    A parameter is text unless it names a type; `{x:slashes}` keeps slashes, `{x?:slashes}` may be
    empty. A path begins with `/`; anything else is a whole URL (`is_absolute`).
    """
    return _path(text)


@lru_cache(maxsize=4096)
def _path(text: str) -> PathTemplate:
    scanner = Scanner(text)
    is_absolute = not text.startswith("/")
    _check_beginning(scanner)
    parts: list[str | PathParam | Reference] = []
    pieces: list[str] = []
    names: set[str] = set()
    scheme = _SCHEME.match(text)
    behind_host = not is_absolute

    def flush() -> None:
        if plain := "".join(pieces):
            parts.append(plain)
        pieces.clear()

    while not scanner.is_at_end:
        start = scanner.position
        if text[start] not in "${}":
            pieces.append(_read_text(scanner))
            host_start = max(start, scheme.end() if scheme else 0)
            behind_host = behind_host or "/" in text[host_start : scanner.position]
        elif scanner.sees("${"):
            flush()
            parts.append(read_reference(scanner))
        elif scanner.take("$$") or scanner.take("$"):
            pieces.append("$")
        elif scanner.sees("{"):
            flush()
            param = _read_param(scanner)
            _check_param(scanner, param, names, behind_host)
            parts.append(param)
        else:
            raise scanner.fault("this `}` closes nothing", start, start + 1, advice="write %7D")
    flush()
    _refuse_dot_segments(scanner)
    return PathTemplate(parts=tuple(parts), is_absolute=is_absolute, start=0, end=len(text))


def _check_beginning(scanner: Scanner) -> None:
    text = scanner.text
    if not text:
        raise scanner.fault("the path is empty", 0, 0, "a path that begins with `/`")
    if text.startswith("//"):
        raise scanner.fault(
            "a path begins with one slash", 0, 2, "`/path` or `https://…`", "take one slash out"
        )
    if text[0] == "/" or text.startswith("${"):
        return
    if found := _SCHEME.match(text):
        if text[found.end() : found.end() + 1] in ("", "/"):
            raise scanner.fault(
                "the host is missing", found.end(), found.end(), "https://host/path"
            )
        return
    if found := _OTHER_SCHEME.match(text):
        raise scanner.fault(
            f"{shown(found.group())} is not a scheme that can be called",
            0,
            found.end(),
            "https://",
            candidates=("https://", "http://"),
        )
    if text[0] == "{":
        message, advice = (
            "a path does not begin with a parameter",
            f"look it up: {shown('$' + text)}",
        )
        raise scanner.fault(message, 0, 1, "`/path`, `https://…` or `${…}`", advice)
    method = _METHOD.match(text)
    if method is not None:
        message = "the method is the key, and no part of the path"
        advice = f"write {shown(f'{method[1].lower()}: {text[method.end() :]}')}"
        raise scanner.fault(message, 0, method.end(), "`/path`", advice)
    raise scanner.fault(
        "a path begins with `/`",
        0,
        1,
        "`/path`, `https://…` or `${…}`",
        f"write {shown('/' + text)}",
    )


def _read_text(scanner: Scanner) -> str:
    found = scanner.match(_TEXT)
    if found is None:
        return ""
    text = found.group()
    odd = _NO_TEXT.search(text)
    if odd is not None or not text.isprintable():
        index = odd.start() if odd else [each.isprintable() for each in text].index(False)
        at, char = found.start() + index, text[index]
        message, advice = _SAID_OF.get(
            char, (f"the character U+{ord(char):04X} cannot stand in a path", "take it out")
        )
        raise scanner.fault(message, at, at + 1, advice=advice)
    return text


def _read_param(scanner: Scanner) -> PathParam:
    start = scanner.position
    scanner.position += 1
    if scanner.sees("{"):
        raise scanner.fault(
            "two braces stand here", start, start + 2, "{name}", "look-ups are written `${name}`"
        )
    found = scanner.match(_PARAM_NAME)
    if found is None:
        if scanner.is_at_end:
            raise _not_closed(scanner, start)
        raise scanner.unexpected("the name of a parameter")
    is_optional = scanner.take("?")
    keeps_slashes, param_type = False, None
    if scanner.take(":"):
        keeps_slashes, param_type = _read_kind(scanner)
    if not scanner.take("}"):
        if scanner.is_at_end:
            raise _not_closed(scanner, start)
        raise scanner.unexpected("`}`, or `:` and a type")
    if is_optional and not keeps_slashes:
        raise scanner.fault(
            "a part of a path cannot be left out",
            found.end(),
            found.end() + 1,
            advice=f"only {{{visible(found.group())}?:slashes}} may be empty",
        )
    return PathParam(
        name=found.group(),
        type=param_type,
        keeps_slashes=keeps_slashes,
        is_optional=is_optional,
        start=start,
        end=scanner.position,
    )


def _read_kind(scanner: Scanner) -> tuple[bool, TypeExpr | None]:
    scanner.skip_blanks()
    if scanner.take_name("slashes"):
        return True, None
    try:
        found = read_type(scanner)
    except WordError as error:
        error.candidates = (*error.candidates, "slashes") if error.candidates else ()
        raise
    scanner.skip_blanks()
    return False, found


def _not_closed(scanner: Scanner, opening: int) -> WordError:
    return scanner.fault("this `{` is not closed", opening, opening + 1, "`}`")


def _check_param(scanner: Scanner, param: PathParam, names: set[str], behind_host: bool) -> None:
    if param.name in names:
        raise scanner.fault(
            f"{shown(param.name)} stands twice in the path", param.start, param.end, "another name"
        )
    names.add(param.name)
    if not behind_host:
        raise scanner.fault(
            "a parameter cannot choose the host",
            param.start,
            param.end,
            advice="make it a setting: `${name}`",
        )


def _refuse_dot_segments(scanner: Scanner) -> None:
    """A `.` or `..` between slashes would be resolved away, to another path than the written."""
    text = scanner.text
    if "." not in text and "%" not in text:
        return
    start = 0
    for segment in text.split("/"):
        end = start + len(segment)
        if segment.lower().replace("%2e", ".") in _DOTS:
            raise scanner.fault(
                f"{shown(segment)} between slashes climbs out of the path", start, end, "a name"
            )
        start = end + 1
