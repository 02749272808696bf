"""Reads from an operation and its connector what is fixed in every request: pieces of a recipe."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import AnswerFault
from ferrule_runtime.credentials.authenticators import CHANGING_ROOTS
from ferrule_runtime.credentials.choice import missing_names
from ferrule_runtime.encode.codec import Codec
from ferrule_runtime.encode.paths import path_value
from ferrule_runtime.errors import Errors
from ferrule_runtime.flows.classify import Classifier
from ferrule_runtime.flows.redirect import REDIRECTS
from ferrule_runtime.omit import omit
from ferrule_runtime.templates import Ref, Template, TemplateFault, roots_of
from ferrule_runtime.urls import UrlFault, parse_url, render_url
from ferrule_runtime.wire import Lines, Origin

if TYPE_CHECKING:
    from ferrule_runtime.installation import Installation
    from ferrule_runtime.operation import Operation
    from ferrule_runtime.wire import Reply

_PER_CALL = CHANGING_ROOTS | {"input", "let"}
_ACCEPT = {"json": b"application/json", "text": b"text/*, */*;q=0.5", "xml": b"application/xml"}
_ACCEPT_STREAM = {
    "lines": b"application/x-ndjson, application/json;q=0.9, */*;q=0.5",
    "events": b"text/event-stream",
    "csv": b"text/csv, */*;q=0.5",
}


def changes(value: Any) -> bool:
    """Whether a template is another one in each call."""
    return not _PER_CALL.isdisjoint(roots_of(value))


def fixed_url(url: Any, installation: "Installation") -> tuple[Origin, str]:
    """Origin and path of a whole URL that stands in a spec; gaps in its path stay open."""
    reason = ""
    try:
        text = render_url(url, installation.scope)
        start = text.find("/", text.find("://") + 3)
        origin, path, _ = parse_url(text if start < 0 else text[:start])
        return origin, path if start < 0 else text[start:]
    except (UrlFault, TemplateFault) as fault:
        reason = str(fault)
    raise installation.error(f"the URL of an action is not usable: {reason}")


def codec_of(operation: "Operation[Any]", installation: "Installation", path: Any = None) -> Codec:
    path = operation.path if path is None else path
    if isinstance(path, (Template, Ref)):
        path = _rendered_path(path, installation)
    return Codec(
        path,
        slashes=operation.slashes,
        optional=operation.optional,
        arrays=operation.arrays or installation.connector.arrays,
        styles=operation.styles,
        formats=operation.formats,
        parts=operation.parts,
        body_type=operation.body_type,
        document=operation.document,
    )


def _rendered_path(path: Template | Ref, installation: "Installation") -> str:
    """The path with its settings in it, and its gaps for arguments still open."""
    text = ""
    for part in path.parts if isinstance(path, Template) else (path,):
        if isinstance(part, str):
            text += part
            continue
        if changes(part):
            text += f"{{${part}}}"
            continue
        value = part.render(installation.scope)
        if value is omit or value is None:
            missing = missing_names(part, installation.scope, installation.connector)
            raise installation.lacking("the path", missing or [str(part)])
        text += path_value(value, str(part)).replace("{", "%7B").replace("}", "%7D")
    return text


def path_lookups(path: Any) -> tuple[Ref | None, ...]:
    """For each gap of a path what fills it in every call anew, None for the caller's next value.

    Empty where the caller fills all of them.
    """
    if not isinstance(path, (Template, Ref)):
        return ()
    found: list[Ref | None] = []
    for part in path.parts if isinstance(path, Template) else (path,):
        if isinstance(part, str):
            found += [None] * part.count("{")
        elif changes(part):
            found.append(part)
    return tuple(found) if any(each is not None for each in found) else ()


def classifier_of(operation: "Operation[Any]", errors: Errors | None) -> Classifier:
    block = errors or Errors()
    if operation.errors is not None:
        block = operation.errors.before(block)
    if operation.document is not None:
        from ferrule_runtime.graphql import ERRORS

        block = block.before(ERRORS)
    accepted = {status for status in operation.cases or () if isinstance(status, int)}
    if operation.redirect:
        accepted |= REDIRECTS
    hook: Any = None
    if operation.hooks is not None:
        from ferrule_runtime.hooks import hook_of

        hook = hook_of(operation, "classify")
    return Classifier(block, frozenset(accepted), hook)


def streaming_cases(operation: "Operation[Any]") -> "Callable[[Reply], bool] | None":
    """Tells of an answer whether it streams, where that is known when its head has come."""
    cases = operation.cases or {}
    if operation.by is not None or not any(case.stream for case in cases.values()):
        return None

    def streams(reply: "Reply") -> bool:
        from ferrule_runtime.decode import case_key
        from ferrule_runtime.flows.classify import answer_of

        try:
            return cases[case_key(operation, answer_of(reply), None)].stream is not None
        except AnswerFault:
            return False  # whoever reads it tells what is wrong

    return streams


def accept_line(operation: "Operation[Any]", *, is_streaming: bool) -> tuple[bytes, bytes]:
    """The Accept header of an action, by what it declares to get."""
    return b"accept", _accept(operation, is_streaming=is_streaming)


def _accept(operation: "Operation[Any]", *, is_streaming: bool) -> bytes:
    if operation.accepts is not None:
        return operation.accepts.encode("ascii")
    named = _named_media(operation)
    if named:
        return b", ".join((*named, b"*/*;q=0.5"))
    if is_streaming or operation.stream is not None:
        return _ACCEPT_STREAM.get(operation.stream or "", b"*/*")
    if operation.cases is not None or operation.media is None:
        return b"application/json, */*;q=0.8"
    return _ACCEPT.get(operation.media, b"*/*")


_MEDIA = {
    "json": b"application/json",
    "xml": b"application/xml",
    "csv": b"text/csv",
    "text": b"text/plain",
}


def _named_media(operation: "Operation[Any]") -> list[bytes]:
    """The media types by which an action tells its answers apart."""
    if operation.by is not None:
        return []
    words = [key for key in operation.cases or () if isinstance(key, str) and key != "bytes"]
    return [_MEDIA.get(word) or word.encode("ascii", "replace") for word in words]


def headers_of(*maps: Mapping[str, Any] | None) -> dict[str, Any]:
    """Later headers over earlier ones, in any case; None takes one away."""
    merged: dict[str, tuple[str, Any]] = {}
    for each in maps:
        for name, value in (each or {}).items():
            merged[name.lower()] = (name, value)
    return {name: value for name, value in merged.values() if value is not None}


def present(*maps: Mapping[str, Any] | None) -> dict[str, Any]:
    """Later values over earlier ones; None takes one away."""
    merged = {name: value for each in maps for name, value in (each or {}).items()}
    return {name: value for name, value in merged.items() if value is not None}


def over(lines: Lines, more: Lines) -> Lines:
    names = {name.lower() for name, _ in more}
    return [line for line in lines if line[0].lower() not in names] + more


def has_line(lines: Lines, name: bytes) -> bool:
    return any(key.lower() == name for key, _ in lines)


def free_method(method: str | None) -> str:
    name = (method or "GET").upper()
    if not name.isalpha() or not name.isascii():
        raise ValueError("method: is none of HTTP")
    return name
