"""Guesses where errors say their code and their message, from the bodies of bad answers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec import Struct

from ferrule.imports.openapi.api import Operation
from ferrule.imports.openapi.guesses.places import fields_of, plain, word_of
from ferrule.imports.openapi.media import in_order, kind_of
from ferrule.imports.openapi.schemas import Schemas
from ferrule.imports.openapi.settling import Settler
from ferrule.imports.openapi.types import ListOf, Object, Ref, Type, without_null

_CODE = (
    "code",
    "errorcode",
    "errcode",
    "errorname",
    "errortype",
    "type",
    "reason",
    "name",
    "status",
    "error",
)
_MESSAGE = (
    "message", "errormessage", "errormsg", "msg", "errordescription", "description", "detail",
    "details", "title", "text", "userfacingmessage", "displaymessage", "reason", "error",
    "faultstring",
)  # fmt: skip
_INNER = ("error", "errors", "fault", "errordetails", "exception", "err", "meta", "problem", "data")
_DETAILS = ("errors", "details", "errordetails", "violations", "fielderrors", "issues", "fields")
_REQUEST_IDS = (
    "x-request-id",
    "request-id",
    "x-requestid",
    "x-trace-id",
    "x-correlation-id",
    "x-amzn-requestid",
)
_MOST_SHAPES = 3
_LEAST_SHARE = 0.1
_MOST_STEPS = 2


class _Shape(Struct, frozen=True):
    """Where one kind of error says what."""

    code: str | None
    message: str | None
    details: str | None
    envelope: dict[str, Any]
    named: str


def guess_errors(
    schemas: Schemas, settler: Settler, operations: list[Operation]
) -> tuple[dict[str, Any], str] | None:
    """The `errors` of a connector and the reason; None where bad answers do not say enough."""
    shapes: Counter[str] = Counter()
    types: dict[str, Type] = {}
    for operation in operations:
        seen: set[str] = set()
        for type_ in _bad_bodies(schemas, operation):
            key = type_.key if isinstance(type_, Ref) else repr(sorted(fields_of(settler, type_)))
            if key not in seen:
                seen.add(key)
                shapes[key] += 1
                types.setdefault(key, type_)
    if not shapes:
        return None
    least = max(1, int(_LEAST_SHARE * sum(shapes.values())))
    common = [key for key, count in shapes.most_common(_MOST_SHAPES) if count >= least]
    found = [_shape_of(schemas, settler, types[key]) for key in common]
    return _together([each for each in found if each is not None], operations)


def _bad_bodies(schemas: Schemas, operation: Operation) -> list[Type]:
    has_success = any(each.is_success for each in operation.responses)
    found: list[Type] = []
    for response in operation.responses:
        if not (response.is_failure or (response.status == "default" and has_success)):
            continue
        by_media = {each.media: each for each in response.contents}
        for media in in_order(by_media)[:1]:
            content = by_media[media]
            if kind_of(media) == "json" and content.schema is not None:
                type_ = without_null(schemas.of(content.schema, ("Error",)).type)
                if isinstance(type_, Ref | Object):
                    found.append(type_)
    return found


def _shape_of(schemas: Schemas, settler: Settler, type_: Type) -> _Shape | None:
    code, message = _find(settler, type_, _CODE, ()), _find(settler, type_, _MESSAGE, ())
    if message is None:
        return None
    if code is not None and code[0] == message[0]:
        code = None
    details = _details(settler, type_)
    envelope: dict[str, Any] = {}
    for each in (code, message):
        if each is not None:
            _enter(envelope, each[0], each[1])
    named = ""
    if isinstance(type_, Ref):
        component = schemas.components.get(type_.key)
        named = component.name if component is not None else ""
    return _Shape(
        None if code is None else _place(code[0]),
        _place(message[0]),
        None if details is None else _place(details),
        envelope,
        named,
    )


Way = tuple[str | int, ...]


def _find(
    settler: Settler, type_: Type, names: tuple[str, ...], way: Way
) -> tuple[Way, str] | None:
    """The first of the names that holds a single value; then inside `error` and its like."""
    fields = fields_of(settler, type_)
    # `$type` is how a serializer names a class, and no code of an error.
    said = {name: each for name, each in fields.items() if not name.startswith("$")}
    by_plain = {plain(name): each for name, each in reversed(list(said.items()))}
    for inner in _INNER[:6]:
        field = by_plain.get(inner)
        if field is None or len(way) >= _MOST_STEPS:
            continue
        bare = without_null(field.type)
        steps: Way = (*way, field.name)
        if isinstance(bare, ListOf):
            bare, steps = without_null(bare.item), (*steps, 0)
        if fields_of(settler, bare):
            found = _find(settler, bare, names, steps)
            if found is not None:
                return found
    for name in names:
        field = by_plain.get(name)
        word = word_of(field.type) if field is not None else ""
        if field is not None and _is_said(settler, field.type, word):
            return (*way, field.name), word or "string"
    return None


def _is_said(settler: Settler, type_: Type, word: str) -> bool:
    """Whether a value is one text or number."""
    if word in ("string", "integer", "number", "uuid", "url"):
        return True
    bare = without_null(type_)
    if isinstance(bare, Ref):
        component = settler.schemas.components.get(bare.key)
        bare = without_null(component.made.type) if component is not None else bare
    return type(bare).__name__ in ("Enum", "Const")


def _details(settler: Settler, type_: Type) -> Way | None:
    fields = fields_of(settler, type_)
    for name, field in fields.items():
        if plain(name) in _DETAILS and isinstance(without_null(field.type), ListOf):
            return (name,)
    for name, field in fields.items():
        if plain(name) in _INNER[:1]:
            for inner, each in fields_of(settler, field.type).items():
                if plain(inner) in _DETAILS and isinstance(without_null(each.type), ListOf):
                    return (name, inner)
    return None


def _place(way: Way) -> str:
    from ferrule.imports.openapi.guesses.places import body_place

    found = "$"
    for step in way:
        found += f"[{step}]" if isinstance(step, int) else body_place((step,))[1:]
    return found


def _enter(envelope: dict[str, Any], way: Way, word: str) -> None:
    """Declare a place; one inside a list is left open, since lists are not checked so deep."""
    if any(isinstance(step, int) for step in way):
        return
    inner = envelope
    for step in way[:-1]:
        following = inner.setdefault(f"{step}?", {})
        if not isinstance(following, dict):
            return
        inner = following
    inner.setdefault(f"{way[-1]}?", word)


def _together(
    shapes: list[_Shape], operations: list[Operation]
) -> tuple[dict[str, Any], str] | None:
    if not shapes:
        return None
    found: dict[str, Any] = {}
    codes = list(dict.fromkeys(each.code for each in shapes if each.code))
    messages = list(dict.fromkeys(each.message for each in shapes if each.message))
    details = [each.details for each in shapes if each.details]
    if codes:
        found["code"] = codes[0] if len(codes) == 1 else codes
    found["message"] = messages[0] if len(messages) == 1 else messages
    if details:
        found["details"] = details[0]
    header = _request_id(operations)
    if header is not None:
        found["request_id"] = f"header.{header}"
    names = list(dict.fromkeys(each.named for each in shapes if each.named))
    why = f"bad answers hold {_listed(names)}" if names else "the bodies of bad answers say so"
    return found, why


def _listed(names: list[str]) -> str:
    shown = [f"`{name}`" for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _request_id(operations: list[Operation]) -> str | None:
    names: Counter[str] = Counter()
    for operation in operations:
        for response in operation.responses:
            for name in response.headers:
                if name.lower() in _REQUEST_IDS:
                    names[name] += 1
    return names.most_common(1)[0][0] if names else None
