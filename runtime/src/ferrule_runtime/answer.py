"""What a service answered, read on demand: status, headers, cookies, links, JSON, text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_UNREAD: Final = object()
_BOM: Final = b"\xef\xbb\xbf"
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
# A text is passed over whole: what stands in it opens nothing.
_BRACKET_OR_TEXT: Final = re.compile(rb'[\[\]{}]|"(?:[^"\\]|\\.)*+"')
# Reading them takes the square of their length: a document in them would take for ever.
_OF_HOSTS: Final = ("idna", "punycode")
_COOKIE_NAME_END: Final = re.compile(r"\s*=\s*")


class AnswerFault(ValueError):
    """The answer is not what was declared. `place` is a JSON path or a header; no value is told."""

    def __init__(self, reason: str, place: str = "$") -> None:
        super().__init__(reason, place)
        self.reason = reason
        self.place = place

    def __str__(self) -> str:
        return f"{self.place} {self.reason}"


class JsonFault(AnswerFault):
    """The body is not JSON: not well formed, too deep, not UTF-8, NaN or a number out of range."""


class Answer:
    """Status, headers and body of one answer. Parsed at most once, and only when asked.

    `is_view`: its JSON was put in the place of what its content holds.
    """

    __slots__ = ("_fault", "_json", "content", "headers", "is_view", "last", "redirect", "status")

    def __init__(
        self,
        status: int,
        headers: Sequence[tuple[bytes, bytes]],
        content: bytes,
        *,
        last: Any = None,
        redirect: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.headers = headers
        self.content = content
        self.last = last
        self.redirect = redirect
        self.is_view = False
        self._json: Any = _UNREAD
        self._fault: JsonFault | None = None

    def __repr__(self) -> str:
        return f"Answer(status={self.status}, {len(self.content)} bytes)"

    def header(self, name: str) -> str | None:
        """The value of a header, whatever its case; several of one name are joined by commas."""
        wanted = name.lower().encode("latin-1", "replace")
        found: str | None = None
        for key, value in self.headers:
            if key.lower() == wanted:
                text = value.decode("latin-1").strip(" \t")
                found = text if found is None else f"{found}, {text}"
        return found

    def cookie(self, name: str) -> str | None:
        """The value that the answer sets for a cookie (the last one, as a browser would keep)."""
        found: str | None = None
        for key, value in self.headers:
            if key.lower() == b"set-cookie":
                pair = value.decode("latin-1").partition(";")[0]
                parts = _COOKIE_NAME_END.split(pair.strip(), maxsplit=1)
                if len(parts) == 2 and parts[0] == name:
                    text = parts[1]
                    quoted = len(text) > 1 and text[0] == text[-1] == '"'
                    found = text[1:-1] if quoted else text
        return found

    def link(self, rel: str) -> str | None:
        """The target of the first link of this relation in the Link headers (RFC 8288)."""
        value = self.header("link")
        if value is None:
            return None
        wanted = rel.lower()
        for target, parameters in parse_links(value):
            # A link with an anchor speaks of another resource than the one that was asked for.
            if parameters.get("anchor"):
                continue
            if wanted in parameters.get("rel", "").lower().split():
                return target
        return None

    @property
    def media_type(self) -> str:
        """The media type of the body in lower case without parameters; empty when not told."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def is_parsed(self) -> bool:
        """Whether the JSON of the body has been read already."""
        return self._json is not _UNREAD

    @property
    def json(self) -> Any:
        """The body as JSON. Raises JsonFault, each time, when it is none."""
        if self._json is _UNREAD:
            if self._fault is not None:
                raise JsonFault(self._fault.reason)
            try:
                self._json = parse_json(self.content, self.header("content-type") or "")
            except JsonFault as fault:
                self._fault = fault
                raise
        return self._json

    @property
    def tree(self) -> Any:
        """The body as JSON, or as the tree of its XML, or None when it is neither.

        That is what places read.
        """
        if self._json is not _UNREAD:
            return self._json
        if self._fault is not None or not self.content:
            return None
        try:
            if self.media_type.endswith("xml") and self.content.lstrip()[:1] not in b"{[":
                from ferrule_runtime.xml import parse_xml

                self._json = parse_xml(self.content, self.header("content-type") or "")
                return self._json
            return self.json
        except AnswerFault as fault:
            self._fault = JsonFault(fault.reason)
            return None

    @property
    def text(self) -> str:
        """The body as text, by the charset of its content type, else UTF-8; never an exception."""
        return decode_text(self.content, self.header("content-type") or "")

    def with_tree(self, tree: Any, last: Any = None) -> Answer:
        """The same answer with this as its JSON: places then read what a decoder has read."""
        view = Answer(self.status, self.headers, self.content, last=last, redirect=self.redirect)
        view._json = tree
        view.is_view = True
        return view


def parse_json(content: bytes, content_type: str = "") -> Any:
    """JSON from bytes (RFC 8259; a byte order mark is passed over). Raises JsonFault."""
    from pydantic_core import from_json

    if content.startswith(_BOM):
        content = content[3:]
    try:
        return from_json(content, allow_inf_nan=False)
    except ValueError as error:
        reason = str(error)
    recoded = recode(content, content_type)
    if recoded is not None:
        try:
            return from_json(recoded, allow_inf_nan=False)
        except ValueError as error:
            reason = str(error)
    raise JsonFault("is empty where JSON was expected" if not content else f"is not JSON: {reason}")


def is_deeper(content: bytes, most: int) -> bool:
    """Whether JSON is nested more than so deep, told by its brackets without building anything."""
    if content.count(b"{") + content.count(b"[") <= most:
        return False
    depth = 0
    for bracket in _BRACKET_OR_TEXT.finditer(content):
        sign = bracket[0]
        if sign in b"[{":
            depth += 1
            if depth > most:
                return True
        elif sign in b"]}":
            depth -= 1
    return False


def recode(content: bytes, content_type: str) -> bytes | None:
    """UTF-8 of a body in another charset, or None where UTF-8 is what it claims to be."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        charset = "utf-16"
    elif len(content) > 1 and content[1] == 0:
        charset = "utf-16-le"
    elif content[:1] == b"\x00":
        charset = "utf-16-be"
    else:
        charset = charset_of(content_type) or "utf-8"
        if charset.lower() in ("utf-8", "utf8", "us-ascii"):
            return None
    try:
        return content.decode(charset).encode()
    except (LookupError, ValueError):
        return None


def charset_of(content_type: str) -> str | None:
    """The charset parameter of a content type; None for what is for names of hosts alone."""
    declared = _CHARSET.search(content_type)
    if declared is None:
        return None
    from codecs import lookup

    try:
        is_of_hosts = lookup(declared[1]).name in _OF_HOSTS
    except LookupError:
        is_of_hosts = False
    return None if is_of_hosts else declared[1]


def decode_text(content: bytes, content_type: str) -> str:
    """Text by the charset of the content type, else UTF-8; what cannot be read is U+FFFD."""
    charset = charset_of(content_type) if content_type else None
    if charset is not None:
        try:
            return content.decode(charset, "replace")
        except (LookupError, ValueError):
            pass  # no such charset, or one that is no text (`hex`): UTF-8 is the better guess
    return content.decode("utf-8-sig", "replace")


_LINK_TOKEN: Final = re.compile(r"[^\s\"<>;,=]+")
_LINK_VALUE: Final = re.compile(r"[^;,\s]*")


def parse_links(value: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Targets and parameters (names in lower case, the first of a name) of a Link header's value.

    What is not a link is passed over to the next comma; nothing raises.
    """
    at, end = 0, len(value)
    while at < end:
        opening = value.find("<", at)
        if opening < 0:
            return
        closing = value.find(">", opening)
        if closing < 0:
            return
        target = value[opening + 1 : closing].strip()
        parameters, at = _link_parameters(value, closing + 1)
        yield target, parameters


def _link_parameters(value: str, at: int) -> tuple[dict[str, str], int]:
    """The parameters that follow a target, and where the next link begins."""
    parameters: dict[str, str] = {}
    end = len(value)
    while at < end:
        if value[at] == ",":
            return parameters, at + 1
        if value[at] in "; \t\r\n":
            at += 1
            continue
        name = _LINK_TOKEN.match(value, at)
        if name is None:
            at += 1
            continue
        at = _skip_blanks(value, name.end())
        text = ""
        if at < end and value[at] == "=":
            at = _skip_blanks(value, at + 1)
            if at < end and value[at] == '"':
                text, at = _quoted(value, at + 1)
            else:
                token = _LINK_VALUE.match(value, at)
                assert token is not None
                text, at = token[0], token.end()
        parameters.setdefault(name[0].lower(), text)
    return parameters, at


def _skip_blanks(value: str, at: int) -> int:
    while at < len(value) and value[at] in " \t\r\n":
        at += 1
    return at


def _quoted(value: str, at: int) -> tuple[str, int]:
    """The text of a quoted string that begins before `at`, and where it ends."""
    text: list[str] = []
    while at < len(value):
        character = value[at]
        if character == '"':
            return "".join(text), at + 1
        if character == "\\" and at + 1 < len(value):
            at += 1
            character = value[at]
        text.append(character)
        at += 1
    return "".join(text), at
