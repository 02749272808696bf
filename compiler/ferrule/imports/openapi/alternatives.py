"""Reads `oneOf`, `anyOf` and `discriminator`: unions, with a tag where the document names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule.diagnostics.wording import said
from ferrule.imports.openapi.composition import take_in
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.scalars import const_word, merged
from ferrule.imports.openapi.types import (
    ANY,
    PLAIN,
    Const,
    Facts,
    Hint,
    Made,
    MapOf,
    Object,
    OneOf,
    Ref,
    Tagged,
    Type,
    nullable,
    without_null,
)

if TYPE_CHECKING:
    from ferrule.imports.openapi.schemas import Component, Schemas

OTHERWISE = "x-ferrule-else"
_SAID_BESIDE = ("properties", "additionalProperties")


def alternatives(schemas: Schemas, node: Node, hint: Hint, *, in_form: bool = False) -> Made:
    """The type of a schema with `oneOf` or `anyOf`. In a form, what is binary is a file."""
    members = [*node.entries("oneOf")] if "oneOf" in node.value else []
    members += node.entries("anyOf") if "anyOf" in node.value else []
    demands = [each for each in members if each.is_map and _only_demands(each)]
    has_fields = any(key in node.value for key in _SAID_BESIDE)
    if members and len(demands) == len(members):
        return _with_demands(schemas, node, hint, demands)
    if has_fields:
        return _with_fields(schemas, node, hint, members)
    if not members:
        node.degraded("alternatives are expected here", "anything is taken")
        return Made(ANY)
    made = [
        _member(schemas, each, node, (*hint, f"|{number + 1}"), in_form=in_form)
        for number, each in enumerate(members)
    ]
    if len(made) == 1 and len(discriminator(node)[1]) < (1 if schemas.keeps_names else 2):
        return made[0]
    types = [_worded(each.type) for each in made]
    tagged = _tagged(schemas, node, hint, members, [each.type for each in made])
    if tagged is not None:
        return Made(tagged)
    whole = merged(types)
    default = next((each.facts for each in made if each.facts.has_default), PLAIN)
    facts = Facts(default=default.default, has_default=default.has_default)
    pattern = {each.facts.pattern for each in made if each.facts.pattern}
    if len(pattern) == 1 and not isinstance(without_null(whole), OneOf):
        facts = facts.over(Facts(pattern=pattern.pop()))
    docs = [each.facts.doc for each in made if each.facts.doc]
    if len(docs) == 1 and len(made) == 2 and not isinstance(without_null(whole), OneOf):
        facts = facts.over(Facts(doc=docs[0]))
    return Made(whole, facts)


def _member(schemas: Schemas, each: Node, node: Node, hint: Hint, *, in_form: bool) -> Made:
    """One alternative. What the schema around it says of its kind holds for it too."""
    own = node.value.get("type")
    if each.is_map and each.ref is None and isinstance(own, str) and "type" not in each.value:
        each = Node(each.document, each.path, {"type": own, **each.value}, each.teller)
    return schemas.of(each, hint, in_form=in_form)


def _worded(type_: Type) -> Type:
    """A constant among alternatives, as one of the values of an enum."""
    return const_word(type_.value) if isinstance(type_, Const) else type_


def _only_demands(node: Node) -> bool:
    keys = {key for key in node.value if not key.startswith("x-")}
    keys -= {"description", "title", "type"}
    return keys in ({"required"}, {"not"}) and node.ref is None


def _with_demands(schemas: Schemas, node: Node, hint: Hint, demands: list[Node]) -> Made:
    """Fields of which some must be there."""
    made = schemas.of(_without(node, "oneOf", "anyOf"), hint)
    sets = [schemas.required(each) for each in demands]
    found = made.type
    if isinstance(found, Object) and all(len(each) == 1 for each in sets):
        names = tuple(dict.fromkeys(name for each in sets for name in each))
        can_be_left_out = all(
            name in found.fields and found.fields[name].is_optional for name in names
        )
        if len(names) > 1 and can_be_left_out:
            found.one_of_fields = names
            return made
    node.counted("{count} conditions that a client does not check are left out", "required")
    return made


def _with_fields(schemas: Schemas, node: Node, hint: Hint, members: list[Node]) -> Made:
    """Alternatives beside fields: one object that has them all."""
    made = schemas.of(_without(node, "oneOf", "anyOf", "discriminator"), hint)
    found = made.type
    if not isinstance(found, Object):
        rest = [schemas.of(each, (*hint, f"|{n + 1}")).type for n, each in enumerate(members)]
        is_map = isinstance(found, MapOf)
        return Made(merged(rest) if is_map or found == ANY else found, made.facts)
    types = [
        schemas.of(each, (*hint, f"|{number + 1}")).type for number, each in enumerate(members)
    ]
    solid = tuple(each for each in map(without_null, types) if each not in (ANY, MapOf(ANY)))
    if len(solid) == 1 and isinstance(solid[0], Ref | Object):
        loose: Type = OneOf((solid[0],))
    else:
        loose = OneOf(solid)
    if solid:
        take_in(found, loose, node)
    return made


def _without(node: Node, *keys: str) -> Node:
    left = {key: value for key, value in node.value.items() if key not in keys}
    return Node(node.document, node.path, left, node.teller)


# --- tags ---


def _tagged(
    schemas: Schemas, node: Node, hint: Hint, members: list[Node], types: list[Type]
) -> Type | None:
    """The union with a tag, where the document names one; None where it cannot be told apart."""
    tag, mapping = discriminator(node)
    if tag is None or schemas.is_xml:  # in XML, the tag is an element among others
        return None
    fallback = _fallback(node)
    otherwise: Type | None = None
    cases: dict[str, Type] = {}
    has_null = False
    for member, type_ in zip(members, types, strict=True):
        plain = without_null(type_)
        has_null = has_null or plain != type_
        if not isinstance(plain, Ref | Object):
            node.tell(
                "import-degraded",
                f"an alternative is no object, so that `{said(tag)}` cannot tell which one it is",
            )
            return None
        if fallback is not None and fallback in (member.ref, (member.ref or "").rpartition("/")[2]):
            otherwise = plain
            if member.ref not in mapping.values():
                continue
        values = _values_of(schemas, member, mapping, tag)
        for value in values:
            cases.setdefault(value, plain)
    if not cases:
        return None
    cases = {value: cases[value] for value in (*mapping, *cases) if value in cases}
    found = Tagged(hint, node, tag, cases, otherwise, doc=node.text("description"))
    return nullable(found) if has_null else found


def _fallback(node: Node) -> str | None:
    """The schema that values of the tag without one of their own mean (OpenAPI 3.2)."""
    given = node.child("discriminator")
    if given is None or not given.is_map:
        return None
    return given.text("defaultMapping") or given.text(OTHERWISE)


def discriminator(node: Node) -> tuple[str | None, dict[str, str]]:
    """The tag that a schema names, and which schema each value means."""
    given = node.child("discriminator")
    if given is None:
        return None, {}
    if isinstance(given.value, str):
        return given.value or None, {}
    if not given.is_map:
        given.degraded("a discriminator with `propertyName` is expected here", "it is left out")
        return None, {}
    mapping = given.map("mapping") if given.has("mapping") else None
    pairs = mapping.items() if mapping is not None else ()
    return given.text("propertyName") or None, {
        key: each.value for key, each in pairs if isinstance(each.value, str)
    }


def _values_of(schemas: Schemas, member: Node, mapping: dict[str, str], tag: str) -> list[str]:
    """The values of the tag that mean this schema: as mapped, as it says itself, its name."""
    target = schemas.files.target(member)
    ref = member.ref or ""
    name = ref.rsplit("/", 1)[-1]
    mapped = [value for value, place in mapping.items() if place in (ref, name)]
    if mapped:
        return mapped
    own = _own_values(schemas, target, tag, set())
    return own or ([name] if name else [])


def _own_values(schemas: Schemas, target: Node, tag: str, seen: set[int]) -> list[str]:
    """The constant, or the values of the enum, that a schema declares for its tag."""
    if not target.is_map or id(target.value) in seen:
        return []
    seen.add(id(target.value))
    properties = target.map("properties")
    field = properties.child(tag) if properties is not None else None
    if field is not None:
        field = schemas.files.target(field)
        value = field.value if field.is_map else {}
        found = [value["const"]] if "const" in value else value.get("enum")
        return [str(each) for each in found] if isinstance(found, list) else []
    for each in target.entries("allOf") if target.has("allOf") else ():
        values = _own_values(schemas, schemas.files.target(each), tag, seen)
        if values:
            return values
    return []


def tagged_base(schemas: Schemas, component: Component) -> Made | None:
    """A schema with a discriminator and no alternatives of its own: those that build upon it.

    None for every other schema. The fields that they share stay an object, from which they take.
    """
    node = component.node
    value = node.value
    is_plain = "discriminator" not in value or schemas.is_xml
    if is_plain or "oneOf" in value or "anyOf" in value:
        return None
    tag, mapping = discriminator(node)
    key = component.key
    heirs = schemas.families.get(key, [])
    if tag is None or not heirs:
        return None
    base = schemas.base_of(component)
    cases: dict[str, Type] = {}
    for name, heir in heirs:
        made = schemas.component(heir)
        mapped = [each for each, place in mapping.items() if place.rsplit("/", 1)[-1] == name]
        values = mapped or _heir_values(schemas, heir, tag) or [name]
        for each in values:
            cases.setdefault(each, made.type)
    own = [each for each, place in mapping.items() if place.rsplit("/", 1)[-1] == component.name]
    for each in own or [component.name]:
        cases.setdefault(each, base)
    if not all(isinstance(each, Ref) for each in cases.values()):
        return None
    found = Tagged((component.name,), node, tag, cases, base, doc=node.text("description"))
    return Made(found)


def _heir_values(schemas: Schemas, heir: Node, tag: str) -> list[str]:
    """What an heir says of the tag itself, not through its base."""
    marked = heir.value.get("x-ms-discriminator-value")
    if isinstance(marked, str):
        return [marked]
    inner = [each for each in heir.entries("allOf") if each.ref is None]
    for each in (heir, *inner):
        properties = each.map("properties") if each.is_map else None
        field = properties.child(tag) if properties is not None else None
        if field is None:
            continue
        value = schemas.files.target(field).value
        if isinstance(value, dict) and "const" in value:
            return [str(value["const"])]
        given = value.get("enum") if isinstance(value, dict) else None
        if isinstance(given, list) and len(given) == 1:
            return [str(given[0])]
    return []
