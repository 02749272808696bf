"""Parameters of an operation as fields: where they go, how lists and objects are written there."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from ferrule.diagnostics.wording import said
from ferrule.imports.openapi.api import Operation, Parameter
from ferrule.imports.openapi.drafts import ActionDraft
from ferrule.imports.openapi.nodes import Node, clean
from ferrule.imports.openapi.own_marks import take_marks
from ferrule.imports.openapi.own_words import is_set_by_client, setting_of
from ferrule.imports.openapi.schemas import Schemas
from ferrule.imports.openapi.types import (
    ANY,
    TEXT,
    Const,
    Facts,
    Field,
    Hint,
    ListOf,
    Made,
    MapOf,
    Object,
    OneOf,
    Ref,
    Tagged,
    Tuple,
    Type,
    Word,
    without_null,
)
from ferrule.imports.openapi.wire_names import is_token, sayable
from ferrule.words import HEADERS_OF_THE_WIRE

_GAP = re.compile(r"\{([^{}]*)\}")
_SET_BY_THE_CLIENT = ("accept", "content-type", "authorization", "user-agent")
_MEDIA = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_IDEMPOTENCY = (
    "idempotency-key",
    "x-idempotency-key",
    "paypal-request-id",
    "x-request-idempotency",
)
# The language's word for the style of a list, by OpenAPI's style and whether it is exploded.
_LISTS = {
    ("form", True): "repeat",
    ("form", False): "csv",
    ("spaceDelimited", False): "spaces",
    ("spaceDelimited", True): "repeat",
    ("pipeDelimited", False): "pipes",
    ("pipeDelimited", True): "repeat",
    ("deepObject", True): "brackets",
    ("deepObject", False): "brackets",
    ("tabs", False): "tabs",
    ("simple", True): "csv",
    ("simple", False): "csv",
    ("cookie", True): "repeat",
    ("cookie", False): "csv",
    ("label", True): "label",
    ("label", False): "label_csv",
    ("matrix", True): "matrix_repeat",
    ("matrix", False): "matrix",
}
_OBJECTS = {
    ("form", True): "spread",
    ("form", False): "csv",
    ("spaceDelimited", False): "spaces",
    ("spaceDelimited", True): "spread",
    ("pipeDelimited", False): "pipes",
    ("pipeDelimited", True): "spread",
    ("deepObject", True): "deep",
    ("deepObject", False): "deep",
    ("simple", True): "pairs",
    ("simple", False): "csv",
    ("cookie", True): "spread",
    ("cookie", False): "csv",
    ("label", True): "label",
    ("label", False): "label_csv",
    ("matrix", True): "matrix_repeat",
    ("matrix", False): "matrix",
}
# What a list is written like where nothing is said.
_USUAL = {"query": "repeat", "header": "csv", "path": "csv", "cookie": "csv"}


def add_parameters(schemas: Schemas, draft: ActionDraft, hint: Hint) -> None:
    """Fill the path and the parameters of an action."""
    operation = draft.operation
    path, fixed = plain_path(operation)
    draft.fixed_query.update(fixed)
    by_name = {each.name: each for each in operation.parameters if each.where == "path"}
    draft.path = _fill_gaps(schemas, draft, path, by_name, hint)
    for name, left in by_name.items():
        shown = f"the parameter `{said(name)}` does not stand in the path"
        left.node.tell("import-degraded", f"{shown}: it is left out")
    for parameter in operation.parameters:
        if parameter.where != "path" and not is_set_by_client(parameter):
            _add(schemas, draft, parameter, hint)


# --- the path


def plain_path(operation: Operation) -> tuple[str, dict[str, str]]:
    """The path without what does not belong to it, and the query that stood in it."""
    path, _, fragment = operation.path.partition("#")
    path, _, query = path.partition("?")
    fixed: dict[str, str] = {}
    for pair in filter(None, query.split("&")):
        name, _, value = pair.partition("=")
        if _GAP.search(pair) is None:
            fixed[sayable(name)] = clean(value)
    if fragment:
        operation.node.teller.count(
            "import-left-out",
            "{count} paths have a `#…` that no request can carry: it is cut",
            operation.node.document,
            operation.node.path,
        )
    path = clean(path.strip())
    path = path if path.startswith("/") else f"/{path}"
    path = re.sub(r"/{2,}", "/", path)
    if path != operation.path and not (fixed or fragment) and "//" in operation.path:
        operation.node.tell("import-degraded", "slashes in a row are written as one")
    return path, fixed


def spec_path(operation: Operation) -> str:
    """The path as a spec has it, the names of its gaps left as they are."""
    path, _, _ = operation.path.partition("#")
    path = clean(path.partition("?")[0].strip())
    path = re.sub(r"/{2,}", "/", path if path.startswith("/") else f"/{path}")
    pieces = _GAP.split(path)
    texts = [
        _literal(piece) if number % 2 == 0 else f"{{{piece}}}"
        for number, piece in enumerate(pieces)
    ]
    return "".join(texts)


def _fill_gaps(
    schemas: Schemas,
    draft: ActionDraft,
    path: str,
    by_name: dict[str, Parameter],
    hint: Hint,
) -> str:
    """The path with its gaps named as Ferrule names them; the parameters go into the draft."""
    node = draft.operation.node
    pieces: list[str] = []
    behind = 0
    for gap in _GAP.finditer(path):
        pieces.append(_literal(path[behind : gap.start()]))
        behind = gap.end()
        raw = gap[1]
        parameter = by_name.pop(raw, None) or by_name.pop(raw.strip("+*/?.;"), None)
        setting = setting_of(parameter) if parameter is not None else None
        if setting is not None:
            pieces.append(f"${{{setting}}}")
            continue
        name = _gap_name(raw, draft)
        if parameter is None and (raw in draft.path_fields or name != _gap_name(raw, None)):
            node.tell("import-degraded", f"`{{{said(raw)}}}` stands twice: the second is `{name}`")
        field = _path_field(schemas, draft, parameter, name, hint)
        keeps_slashes = raw.startswith(("+", "*")) or raw.endswith("*")
        keeps_slashes = keeps_slashes or (parameter is not None and parameter.allows_reserved)
        pieces.append(_gap_text(draft, field, keeps_slashes))
    pieces.append(_literal(path[behind:]))
    return _without_dots("".join(pieces), node)


def _gap_name(raw: str, draft: ActionDraft | None) -> str:
    """A name that can stand in the path of a spec; it never reaches the wire."""
    name = re.sub(r"[^A-Za-z0-9_.-]+", "_", clean(raw).partition("=")[0]).strip("_.-") or "value"
    if draft is None:
        return name
    wanted, number = name, 2
    while wanted in draft.path_fields:
        wanted, number = f"{name}{number}", number + 1
    return wanted


def _path_field(
    schemas: Schemas, draft: ActionDraft, parameter: Parameter | None, name: str, hint: Hint
) -> Field:
    if parameter is None:
        field = Field(name, TEXT, Facts(), False, draft.operation.node)
        draft.operation.node.counted("{count} parameters of paths are not declared: text", name)
    else:
        field = _field(schemas, parameter, hint)
        field.name, field.is_optional = name, False
        if isinstance(field.type, Const) and not isinstance(field.type.value, str):
            field.type = Const(json.dumps(field.type.value))
        if field.facts.has_default and not isinstance(field.facts.default, str | int):
            field.facts = replace(field.facts, has_default=False, default=None)
    draft.path_fields[name] = field
    return field


def _gap_text(draft: ActionDraft, field: Field, keeps_slashes: bool) -> str:
    """`{id}`, `{id:integer}`, `{path:slashes}`; a longer declaration stands under `path`."""
    if keeps_slashes and without_null(field.type) == TEXT:
        field.type = Word("slashes")
        return f"{{{field.name}:slashes}}"
    if isinstance(field.type, Const):
        del draft.path_fields[field.name]
        return _literal(quote(str(field.type.value), safe=""))
    return f"{{{field.name}}}"


def _literal(text: str) -> str:
    """Text of a path as it stands in a spec: what would mean something there is encoded."""
    found = text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    found = "".join(c if c.isprintable() and c != " " else _encoded(c) for c in found)
    return found.replace("$", "$$")


def _encoded(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _without_dots(path: str, node: Node) -> str:
    parts = path.split("/")
    if any(part.lower().replace("%2e", ".") in (".", "..") for part in parts):
        node.tell("import-degraded", "dots between slashes are left out of the path")
        parts = [p for p in parts if p.lower().replace("%2e", ".") not in (".", "..")]
    return "/".join(parts) or "/"


# --- all others


def _add(schemas: Schemas, draft: ActionDraft, parameter: Parameter, hint: Hint) -> None:
    name, lower = parameter.name, parameter.name.lower()
    if parameter.where == "header":
        if lower in _SET_BY_THE_CLIENT or lower in HEADERS_OF_THE_WIRE:
            _set_by_the_client(schemas, draft, parameter, lower, hint)
            return
        if lower in _IDEMPOTENCY and draft.idempotency_key is None and not draft.is_reading:
            draft.idempotency_key = f"header.{name}"
            return
    if parameter.where in ("header", "cookie") and not is_token(name):
        parameter.node.lost(f"`{said(name)}` cannot be the name of a {parameter.where}")
        return
    field = _field(schemas, parameter, hint)
    if field.name.startswith("."):
        parameter.node.lost(f"a name that begins with a dot, such as `{said(name)}`, is Ferrule's")
        return
    if parameter.where == "query" and field.name in draft.fixed_query:
        return  # the path says its value
    section = {"query": draft.query, "header": draft.headers, "cookie": draft.cookies}
    section[parameter.where].setdefault(field.name, field)


def _set_by_the_client(
    schemas: Schemas, draft: ActionDraft, parameter: Parameter, lower: str, hint: Hint
) -> None:
    """Headers that the client sets itself; a fixed value of one is kept."""
    if lower == "accept":
        made = schemas.of(parameter.schema, hint)
        fixed = made.type.value if isinstance(made.type, Const) else made.facts.default
        if isinstance(fixed, str) and fixed not in ("application/json", "*/*"):
            draft.fixed_headers["Accept"] = fixed
    elif lower == "content-type":
        made = schemas.of(parameter.schema, hint)
        fixed = made.type.value if isinstance(made.type, Const) else None
        usual = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
        # Some services ask for it even where nothing is sent.
        body = draft.operation.body
        is_bare = parameter.is_required and (body is None or not body.is_required)
        if isinstance(fixed, str) and (is_bare or fixed not in usual):
            draft.fixed_headers["Content-Type"] = fixed
        elif is_bare and body is None:
            shown = (made.facts.default, made.facts.example, parameter.example, usual[0])
            named = (each for each in shown if isinstance(each, str) and _MEDIA.fullmatch(each))
            draft.fixed_headers["Content-Type"] = next(named)
    elif lower == "authorization":
        parameter.node.counted("{count} headers that auth sets are not parameters", parameter.name)


def _field(schemas: Schemas, parameter: Parameter, hint: Hint) -> Field:
    """A parameter with its type and the style of its lists and objects."""
    wire = sayable(parameter.name)
    if wire != parameter.name:
        message = f"the name `{said(parameter.name)}` holds what a name cannot"
        parameter.node.lost(f"{message}: `{said(wire)}` is taken")
    made = schemas.of(parameter.schema, (*hint, wire))
    made = _as_parameter(parameter, made)
    facts = Facts(
        doc=parameter.doc.strip() or None if parameter.doc else None,
        example=_scalar(parameter.example),
        deprecated="deprecated" if parameter.is_deprecated else None,
    )
    facts = facts.over(made.facts)
    field = Field(wire, made.type, facts, not parameter.is_required, parameter.node)
    own = parameter.node.text("x-ferrule-style") if parameter.node.has("x-ferrule-style") else None
    field.style = own or style_of(schemas, parameter, made.type)
    if schemas.keeps_names:
        take_marks(field, parameter.schema)
    return field


def _scalar(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else None


def _as_parameter(parameter: Parameter, made: Made) -> Made:
    """The type as text can carry it: null and bytes have no place in a parameter."""
    type_ = without_null(made.type)
    if type_ == Word("null"):
        type_ = TEXT
    if type_ in (Word("file"), Word("bytes")) and parameter.where != "form":
        type_ = TEXT
    if isinstance(type_, Word) and type_.text in ("integer(text)", "number(text)"):
        type_ = Word(type_.text.partition("(")[0])
    if type_ == ANY and parameter.where in ("path", "header", "cookie"):
        type_ = TEXT
    return Made(type_, made.facts)


def shape_of(schemas: Schemas, type_: Type, seen: tuple[str, ...] = ()) -> str:
    """Whether values are written as one text, as a list, or as an object."""
    match type_:
        case ListOf() | Tuple():
            return "list"
        case MapOf() | Object() | Tagged():
            return "object"
        case Ref(key=key):
            component = schemas.components.get(key)
            if component is None or key in seen:
                return "object"
            return shape_of(schemas, component.made.type, (*seen, key))
        case OneOf(members=members):
            shapes = [shape_of(schemas, each, seen) for each in members]
            return next((each for each in ("list", "object") if each in shapes), "single")
        case _:
            return "single"


def style_of(schemas: Schemas, parameter: Parameter, type_: Type) -> str | None:
    """The language's word for how a parameter is written; None where it is the usual one."""
    shape = shape_of(schemas, type_)
    if parameter.media is not None:
        if "json" in parameter.media.lower() or parameter.media == "*/*":
            return "json" if shape != "single" else None
        message = f"a parameter of the type `{said(parameter.media)}` is sent as text"
        parameter.node.tell("import-degraded", message)
        return None
    key = (parameter.style, parameter.explode)
    if shape == "single":
        return parameter.style if parameter.style in ("label", "matrix") else None
    table = _LISTS if shape == "list" else _OBJECTS
    found = table.get(key)
    if found is None:
        message = f"the style `{parameter.style}` is not one for {shape}s"
        parameter.node.tell("import-degraded", f"{message}: the usual one is taken")
        return None
    return None if found == _USUAL.get(parameter.where) and shape == "list" else found
