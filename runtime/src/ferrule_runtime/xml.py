"""XML as a tree that places and decoders read like JSON.

The root is a step. Namespaces are dropped, attributes are `@name`; an element that has neither
attributes nor children is its text, else its text is `#text`; repeated elements are a list.
"""

from __future__ import annotations

import re
import types
import typing
from codecs import lookup
from typing import Any, Final

from ferrule_runtime.answer import AnswerFault, charset_of
from ferrule_runtime.types import annotation_of, bare, fields_of, is_model

DEEPEST: Final = 200
_CHARSETS: Final = frozenset(("utf-8", "utf-16", "iso-8859-1", "us-ascii"))
_DECLARED: Final = re.compile(
    rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']"""
)
# Several bytes a character: expat reads UTF-8, UTF-16 and those of one byte only.
_WIDE: Final = frozenset(
    (
        *("big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jp", "euc_kr", "gb18030", "gb2312"),
        *("gbk", "johab", "shift_jis", "shift_jis_2004", "iso2022_jp", "iso2022_kr"),
    )
)


class XmlFault(AnswerFault):
    """The body is not XML: not well formed, too deep, or with a document type of its own."""


def parse_xml(content: bytes, content_type: str = "") -> dict[str, Any]:
    """The tree of a document. Raises XmlFault; entities and document types are refused."""
    from xml.parsers import expat

    content, charset = _readable(content, (charset_of(content_type) or "").lower())
    builder = _Builder()
    parser = expat.ParserCreate(charset if charset in _CHARSETS else None)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    # A document type can define entities that grow without bound, or read files.
    parser.StartDoctypeDeclHandler = builder.doctype
    reason = ""
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        reason = f"is not XML: {expat.ErrorString(error.code)} in line {error.lineno}"
    except AnswerFault:
        raise
    except (LookupError, ValueError):
        reason = "is not XML: its encoding is unknown"
    if not content.strip():
        reason = "is empty where XML was expected"
    if reason:
        raise XmlFault(reason)
    return builder.root


def _readable(content: bytes, charset: str) -> tuple[bytes, str]:
    """The document and its charset, in UTF-8 where it is in one of those that expat cannot read."""
    declared = _DECLARED.match(content)
    told = charset or ("" if declared is None else declared[1].decode("ascii"))
    try:
        is_wide = bool(told) and lookup(told).name in _WIDE
    except LookupError:
        is_wide = False
    if not is_wide:
        return content, charset
    try:
        return content.decode(told).encode(), "utf-8"
    except UnicodeError:
        pass
    raise XmlFault(f"is not XML: it holds bytes that are not {told}")


class _Builder:
    """Builds the tree from the events of a parser."""

    def __init__(self) -> None:
        self.root: dict[str, Any] = {}
        self._open: list[dict[str, Any]] = [self.root]
        self._texts: list[list[str]] = [[]]

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > DEEPEST:
            raise XmlFault(f"is nested more than {DEEPEST} deep")
        found = {
            f"@{_local(key)}": value
            for key, value in attributes.items()
            if key != "xmlns" and not key.startswith("xmlns:")
        }
        self._open.append(found)
        self._texts.append([])

    def text(self, text: str) -> None:
        self._texts[-1].append(text)

    def end(self, name: str) -> None:
        element, text = self._open.pop(), "".join(self._texts.pop())
        value: Any = element
        if not element:
            value = text
        elif text.strip():
            element["#text"] = text.strip()
        parent, name = self._open[-1], _local(name)
        if name not in parent:
            parent[name] = value
        elif isinstance(parent[name], list):
            parent[name].append(value)
        else:
            parent[name] = [parent[name], value]

    def doctype(self, *_: Any) -> None:
        raise XmlFault("has a document type, which is refused")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def shaped(kind: Any, value: Any) -> Any:
    """A value of the tree as its declared type wants it: one as a list, text as a number.

    What does not fit is left as it is: the validation that follows tells its place.
    """
    annotated, kind = kind, bare(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is list:
        return _list(arguments[0], value)
    if is_model(kind):
        return _model(kind, value)
    if origin is dict:
        if not isinstance(value, dict):
            return {} if _is_blank(value) else value
        return {name: shaped(arguments[1], inner) for name, inner in value.items()}
    if origin in (typing.Union, types.UnionType):
        return _union(annotated, arguments, value)
    return _scalar(annotated, value) if isinstance(value, str) else value


def _list(item: Any, value: Any) -> Any:
    if value is None or _is_blank(value):
        return []
    return [shaped(item, each) for each in (value if isinstance(value, list) else [value])]


def _model(model: Any, value: Any) -> Any:
    if _is_blank(value):
        value = {}
    if not isinstance(value, dict):
        return value
    made = dict(value)
    for name, field in fields_of(model).items():
        wire = field.alias or name
        annotation = annotation_of(field)
        if wire in made:
            made[wire] = shaped(annotation, made[wire])
        elif typing.get_origin(bare(annotation)) is list and field.is_required():
            made[wire] = []
    return made


def _union(kind: Any, members: tuple[Any, ...], value: Any) -> Any:
    if isinstance(value, str):
        admits_none = type(None) in members
        lists = [each for each in members if typing.get_origin(bare(each)) is list]
        if lists and str not in members:
            return shaped(lists[0], value)
        if admits_none and _is_blank(value) and str not in members:
            return None
        return _scalar(kind, value)
    wanted = list if isinstance(value, list) else dict
    for member in members:
        inner = bare(member)
        fits = is_model(inner) if wanted is dict else typing.get_origin(inner) is list
        if fits:
            return shaped(member, value)
    several = [each for each in members if typing.get_origin(bare(each)) is list]
    return shaped(several[0], value) if several else value


def _scalar(kind: Any, text: str) -> Any:
    """Text read as a declared type; as it is where it cannot be."""
    from pydantic import ValidationError

    from ferrule_runtime.models import adapter

    if kind is str or kind is Any:
        return text
    reading: Any = adapter(kind).validator
    for given in (text, text.strip()):
        try:
            return reading.validate_strings(given)
        except ValidationError:
            continue
    return text


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()
