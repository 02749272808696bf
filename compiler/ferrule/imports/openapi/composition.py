"""Reads `allOf`: what is composed of named objects says so, everything else is merged into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.types import (
    ANY,
    NULL,
    PLAIN,
    TEXT,
    Enum,
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
    Type,
    Word,
    admits_null,
    nullable,
    without_null,
)

if TYPE_CHECKING:
    from ferrule.imports.openapi.schemas import Schemas

_ABOUT = frozenset(
    (
        "allOf",
        "description",
        "title",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "default",
        "externalDocs",
        "xml",
        "$schema",
        "$id",
        "definitions",
        "$defs",
        "discriminator",
    )
)


def composed(schemas: Schemas, node: Node, hint: Hint, *, in_form: bool = False) -> Made:
    """The type of a schema with `allOf`. In a form, what is binary is a file."""
    parts = list(_parts(schemas, node, hint, in_form=in_form))
    facts = PLAIN
    for _, part in parts:
        facts = facts.over(Facts(deprecated=part.facts.deprecated, doc=part.facts.doc))
    types = [part.type for _, part in parts]
    has_null = bool(types) and all(admits_null(each) and each != ANY for each in types)
    types = [without_null(each) for each in types if each != NULL]
    demanded = demands(schemas, node)
    solid = [each for each in types if each not in (ANY, MapOf(ANY))]
    is_heir = schemas.keeps_names and node.text("type") == "object"
    if len(solid) == 1 and not ((demanded or is_heir) and _is_object_like(solid[0])):
        only = next(part for _, part in parts if without_null(part.type) == solid[0])
        made = Made(solid[0], facts.over(only.facts))
    elif not solid:
        made = Made(types[0] if types else ANY, facts)
    elif all(map(_is_object_like, solid)):
        # What the parts say of themselves is not said of the whole.
        made = Made(_object(schemas, node, hint, parts, demanded))
    else:
        made = Made(_narrowest(schemas, node, solid), facts)
    return Made(nullable(made.type), made.facts) if has_null else made


def _parts(schemas: Schemas, node: Node, hint: Hint, *, in_form: bool) -> list[tuple[Node, Made]]:
    """The members of `allOf`, those of members without a name taken apart, then the siblings."""
    found: list[tuple[Node, Made]] = []
    for each in node.entries("allOf"):
        if each.is_map and each.ref is None and "allOf" in each.value:
            found += _parts(schemas, each, hint, in_form=in_form)
        elif each.is_map and _only_demands(each):
            continue
        else:
            found.append((each, schemas.of(each, hint, in_form=in_form)))
    rest = {key: value for key, value in node.value.items() if key not in _ABOUT}
    if any(not key.startswith("x-") and key != "required" for key in rest):
        own = Node(node.document, node.path, rest, node.teller)
        found.append((own, schemas.of(own, hint, in_form=in_form)))
    # That the whole is an object says nothing beside what it is made of.
    telling = [each for each in found if not _only_says_object(each[0])]
    return telling or found


def _only_says_object(node: Node) -> bool:
    keys = {key for key in node.value if not key.startswith("x-")} if node.is_map else set()
    return keys - {"description", "title"} == {"type"} and node.value["type"] == "object"


def _only_demands(node: Node) -> bool:
    """A member that says nothing but what is required, or what it is about."""
    keys = {key for key in node.value if not key.startswith("x-")} - {"description", "title"}
    return keys <= {"required", "type"} and "required" in keys


def demands(schemas: Schemas, node: Node) -> set[str]:
    """What a schema with `allOf` requires of fields that are declared elsewhere."""
    found = schemas.required(node)
    for each in node.entries("allOf"):
        if each.is_map and each.ref is None:
            found |= demands(schemas, each) if "allOf" in each.value else schemas.required(each)
    return found


def _is_object_like(type_: Type) -> bool:
    if isinstance(type_, OneOf):
        return all(_is_object_like(each) for each in type_.members)
    return isinstance(type_, Object | Ref | MapOf | Tagged)


def _object(
    schemas: Schemas, node: Node, hint: Hint, parts: list[tuple[Node, Made]], demanded: set[str]
) -> Object:
    """One object of several. What its bases are is settled when all schemas are known."""
    found = Object(hint, node)
    found.doc, found.title = node.text("description"), node.line("title")
    found.demanded = demands(schemas, node) | demanded
    for part, made in parts:
        type_ = without_null(made.type)
        if isinstance(type_, Ref):
            if type_ not in found.bases:
                found.bases.append(type_)
            continue
        found.doc = found.doc or made.facts.doc
        take_in(found, type_, part)
    for name, each in found.fields.items():
        if name in found.demanded and each.is_optional:
            found.fields[name] = each.copy(is_optional=False)
    return found


def take_in(found: Object, type_: Type, part: Node) -> None:
    """Add what a member of a composition brings to an object."""
    match type_:
        case Object():
            for name, each in type_.fields.items():
                found.fields[name] = _both(found.fields.get(name), each)
            found.bases += [base for base in type_.bases if base not in found.bases]
            found.demanded |= type_.demanded
            found.rest = found.rest or type_.rest
            found.doc = found.doc or type_.doc
            found.title = found.title or type_.title
        case MapOf(value=value):
            found.rest = found.rest or value
        case OneOf(members=members):
            message = (
                "alternatives inside a composition are merged: which of their fields go together "
                "is not said"
            )
            part.tell("import-degraded", message)
            for member in members:
                if isinstance(member, Ref):
                    found.bases.append(Ref(f"?{member.key}"))
                else:
                    _take_loosely(found, member)
        case Tagged():
            part.tell(
                "import-degraded",
                "alternatives inside a composition are merged: which of their fields go together "
                "is not said",
            )
            for case in type_.cases.values():
                if isinstance(case, Ref):
                    found.bases.append(Ref(f"?{case.key}"))
                else:
                    _take_loosely(found, case)
        case _:
            part.tell("import-degraded", "what is no object is left out of a composed object")


def _take_loosely(found: Object, member: Type) -> None:
    """The fields of one alternative, each of which may be left out."""
    if isinstance(member, Object):
        for name, each in member.fields.items():
            found.fields.setdefault(name, each.copy(is_optional=True))
        found.bases += [Ref(f"?{base.key.removeprefix('?')}") for base in member.bases]


def _both(one: Field | None, other: Field) -> Field:
    """A field that two parts declare: the later says more, unless it says nothing."""
    if one is None:
        return other
    type_ = one.type if other.type in (ANY, MapOf(ANY)) else other.type
    is_optional = one.is_optional and other.is_optional
    return other.copy(type=type_, facts=other.facts.over(one.facts), is_optional=is_optional)


def _narrowest(schemas: Schemas, node: Node, types: list[Type]) -> Type:
    """Of single values and others that must all hold, the one that says the most."""

    def weight(type_: Type) -> int:
        if isinstance(type_, Ref):
            component = schemas.components.get(type_.key)
            inner = component.made.type if component is not None else ANY
            return 4 if isinstance(inner, Enum) else 3
        if isinstance(type_, Enum):
            return 4
        if isinstance(type_, Object | Tagged | OneOf | ListOf):
            return 3
        if isinstance(type_, Word) and type_ != TEXT:
            return 2
        return 1

    found = max(types, key=weight)
    kinds = {_kind(schemas, each) for each in types} - {"any"}
    if len(kinds) > 1:
        node.tell("import-degraded", "what is composed here cannot hold together: the first counts")
        return types[0]
    return found


def _kind(schemas: Schemas, type_: Type) -> str:
    if isinstance(type_, Ref):
        component = schemas.components.get(type_.key)
        if component is None or isinstance(component.made.type, Ref):
            return "any"
        return _kind(schemas, component.made.type)
    if isinstance(type_, Object | Tagged | MapOf):
        return "object"
    if isinstance(type_, ListOf):
        return "list"
    if isinstance(type_, Enum):
        return "text" if all(isinstance(each, str) for each in type_.values) else "number"
    if isinstance(type_, Word):
        word = type_.text.partition("(")[0]
        return {"integer": "number", "number": "number", "boolean": "boolean"}.get(word, "text")
    return "any"
