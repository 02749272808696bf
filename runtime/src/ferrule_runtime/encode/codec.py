"""How one action encodes what its callers give: built once from what its spec says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ferrule_runtime.encode.json import format_tree, json_bytes
from ferrule_runtime.encode.lines import cookie_line, header_lines
from ferrule_runtime.encode.paths import PathTemplate
from ferrule_runtime.encode.query import form_bytes, query_text
from ferrule_runtime.omit import omit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ferrule_runtime.wire import Body

    Values = Mapping[str, Any] | Iterable[tuple[str, Any]]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
XML = "application/xml"


class Codec:
    """Encodes paths, queries, headers, cookies and bodies in the styles and formats of an action.

    `styles` and `formats` are keyed by request place: "query.ids", "path.id", "body.start.at"; a
    value may be a dict too, along the fields inside.
    All methods raise ValueError or TypeError that name the place and never a value.
    """

    __slots__ = (
        "_adapter",
        "arrays",
        "body_type",
        "document",
        "formats",
        "parts",
        "path",
        "styles",
    )

    def __init__(
        self,
        path: str = "",
        *,
        slashes: Iterable[str] = (),
        optional: Iterable[str] = (),
        arrays: str = "repeat",
        styles: Mapping[str, str] | None = None,
        formats: Mapping[str, Any] | None = None,
        parts: Mapping[str, Any] | None = None,
        body_type: Callable[[], Any] | None = None,
        document: tuple[str, str | None] | None = None,
    ) -> None:
        """`parts` are (media type, file name) by field; `document` is (GraphQL, operation)."""
        self.arrays = arrays
        self.styles = by_where(styles or {})
        self.styles["body"] = format_tree(self.styles.get("body", {}))
        self.formats = by_where(formats or {})
        self.formats["body"] = format_tree(self.formats.get("body", {}))
        self.parts = dict(parts or {})
        self.body_type = body_type
        self.document = document
        self._adapter: Any = None
        self.path = PathTemplate(
            path,
            slashes=slashes,
            optional=optional,
            styles=self.styles.get("path"),
            forms=self.formats.get("path"),
        )

    def query(self, values: Values) -> str:
        """The query without `?`, empty where nothing is left."""
        return query_text(values, self.arrays, self.styles.get("query"), self.formats.get("query"))

    def headers(self, values: Values) -> list[tuple[bytes, bytes]]:
        return list(header_lines(values, self.formats.get("header"), self.styles.get("header")))

    def cookies(self, values: Values) -> bytes:
        return cookie_line(values, self.formats.get("cookie"), self.styles.get("cookie"))

    def body(
        self, value: Any, send: str = "json", *, boundary: str | None = None
    ) -> tuple[bytes | Body | None, str | None]:
        """The body and its content type; (None, None) where it is left out.

        `send` is json, form, multipart, xml, text, bytes or graphql, or a media type, which is then
        the content type. Files and iterators become a Body.
        """
        if "/" in send:
            content, content_type = self.body(value, way_of(send), boundary=boundary)
            is_named = content_type is not None and not content_type.startswith("multipart/")
            return content, send if is_named else content_type
        if send == "graphql":
            return self._graphql(value), JSON
        if value is omit:
            return None, None
        if send == "json":
            return self._json(value), JSON
        if send == "form":
            return form_bytes(*self._fields(value, send)), FORM
        if send == "multipart":
            from ferrule_runtime.encode.multipart import multipart_body

            fields, arrays, styles, formats = self._fields(value, send)
            return multipart_body(
                fields,
                parts=self.parts,
                arrays=arrays,
                styles=styles,
                formats=formats,
                boundary=boundary,
            )
        if send == "xml":
            from ferrule_runtime.encode.xml import xml_bytes

            return self._encoded(value, xml_bytes), XML
        if send == "text":
            return _text(value), TEXT
        if send == "bytes":
            return _streamed(value)
        raise ValueError(f"a body cannot be sent as {send!r}")

    def _json(self, value: Any) -> bytes:
        return self._encoded(value, json_bytes)

    def _graphql(self, variables: Any) -> bytes:
        """The body of GraphQL over HTTP: the fields of the body are the variables."""
        document, operation = self.document or ("", None)
        if not document:
            raise ValueError("body: there is no GraphQL document to send")
        if variables is omit:
            variables = {}
        elif not hasattr(variables, "items") and not hasattr(type(variables), "model_dump"):
            raise TypeError("body: the variables of GraphQL are named")
        encoded = self._json(variables)
        around: dict[str, Any] = {"query": document}
        if operation is not None:
            around["operationName"] = operation
        # The variables are encoded by their own formats; nothing else of the body has any.
        return json_bytes(around)[:-1] + b',"variables":' + encoded + b"}"

    def _encoded(self, value: Any, encode: Callable[[Any, Any], bytes]) -> bytes:
        reason, kind = "", ValueError
        try:
            if self.body_type is not None:
                value = self._typed(value)
            return encode(value, self.formats["body"])
        except TypeError as error:
            reason, kind = str(error), TypeError  # type: ignore[assignment]
        except ValueError as error:
            reason = _told(error)
        raise kind(f"body: {reason}")

    def _typed(self, value: Any) -> Any:
        """The wire form by the formats inside the declared type; the value is not changed."""
        if self._adapter is None:
            from ferrule_runtime.models import adapter

            assert self.body_type is not None
            self._adapter = adapter(self.body_type())
        return self._adapter.dump_python(
            without_omitted(value), mode="json", by_alias=True, exclude_unset=True, warnings=False
        )

    def _fields(self, value: Any, send: str) -> tuple[Any, str, Any, Any]:
        if self.body_type is not None and send == "form":
            value = self._typed(value)
        if hasattr(type(value), "model_dump"):
            value = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
        if not hasattr(value, "items"):
            raise TypeError(f"body: {send} needs named fields, not {type(value).__name__}")
        return value, self.arrays, self.styles.get("body"), self.formats["body"]


def way_of(media_type: str) -> str:
    """How a body of this media type is encoded."""
    bare = media_type.partition(";")[0].strip().lower()
    if bare == FORM:
        return "form"
    if bare.startswith("multipart/"):
        return "multipart"
    subtype = bare.partition("/")[2]
    for word in ("json", "xml"):
        if subtype == word or subtype.endswith(f"+{word}"):
            return word
    return "text" if bare.startswith("text/") else "bytes"


def without_omitted(value: Any) -> Any:
    """Dicts and lists without what was left out; everything else as it is."""
    if type(value) is dict:
        pairs = value.items()
        return {name: without_omitted(inner) for name, inner in pairs if inner is not omit}
    if type(value) is list or type(value) is tuple:
        return [without_omitted(inner) for inner in value if inner is not omit]
    return value


def by_where(named: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`{"query.ids": "csv"}` as `{"query": {"ids": "csv"}}`; after the first dot all is name."""
    by_name: dict[str, dict[str, Any]] = {}
    for place, what in named.items():
        end = min(found for found in (place.find("."), place.find("["), len(place)) if found >= 0)
        where, name = place[:end], place[end:].removeprefix(".")
        by_name.setdefault(where, {})[name] = what
    return by_name


def _text(value: Any) -> bytes:
    if not isinstance(value, str):
        raise TypeError(f"body: text is needed here, not {type(value).__name__}")
    try:
        return value.encode()
    except UnicodeEncodeError:
        pass
    raise ValueError("body: holds a lone surrogate, which is not text")


def _streamed(value: Any) -> tuple[bytes | Body, str]:
    """Bytes as they are; files, iterators and (name, content, type) as a Body."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value), BYTES
    from ferrule_runtime.files import Source, source_of
    from ferrule_runtime.wire import Body

    told = ""
    try:
        is_named = isinstance(value, tuple) and value and isinstance(value[0], str)
        source = source_of(value) if is_named else Source(value)
    except TypeError as error:
        told = str(error)
    if told:
        raise TypeError(f"body: {told}")
    opened = source.open_async if source.is_async else source.open
    body = Body(opened, source.length, is_replayable=source.is_replayable, is_async=source.is_async)
    return body, source.media_type or BYTES


def _told(error: ValueError) -> str:
    """The reason of an encoder's error, without the value that some of them quote."""
    if isinstance(error, UnicodeError) or "surrogate" in str(error):
        return "holds a lone surrogate, which is not text"
    return str(error)
