"""Turns schemas into types. What cannot be understood becomes `any`, and is told."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from ferrule.diagnostics.wording import said
from ferrule.imports.openapi.alternatives import alternatives, tagged_base
from ferrule.imports.openapi.composition import composed
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.own_marks import take_marks
from ferrule.imports.openapi.references import Files
from ferrule.imports.openapi.scalars import (
    KINDS,
    constant_of,
    enum_type,
    merged,
    pattern_of,
    scalar_type,
)
from ferrule.imports.openapi.types import (
    ANY,
    FILE,
    NULL,
    PLAIN,
    TEXT,
    Const,
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
    Tuple,
    Type,
    Word,
    admits_null,
    nullable,
    one_of,
    without_null,
)
from ferrule.imports.openapi.xml_names import field_of

_DEEPEST = 60
_MOST_OPEN = 16
BASE = "^base"
"""Behind the key of a schema: what it shares with those that build upon it."""
XML = "^xml"
"""Behind the key of a schema: what it is where it travels as XML."""

_OBJECT_KEYS = ("properties", "additionalProperties", "patternProperties", "required")
_ARRAY_KEYS = ("items", "prefixItems", "contains")
_TEXT_KEYS = ("pattern", "minLength", "maxLength", "format")
_NUMBER_KEYS = ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum")
_UNCHECKED = frozenset(
    (
        "not",
        "if",
        "contains",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "uniqueItems",
        "multipleOf",
        "unevaluatedProperties",
        "unevaluatedItems",
        "minContains",
        "maxContains",
    )
)


class Component(Struct):
    """A schema with a name. `is_open` while it is being read."""

    key: str
    name: str
    node: Node
    made: Made = field(default_factory=lambda: Made(ANY))
    is_open: bool = True
    is_recursive: bool = False


class Schemas(Struct):
    """Reads schemas, each named one once.

    `keeps_names` is set where every name was once a model: also names of plain values count.
    """

    files: Files
    keeps_names: bool = False
    components: dict[str, Component] = field(default_factory=dict)
    families: dict[str, list[tuple[str, Node]]] = field(default_factory=dict)
    is_xml: bool = False
    _depth: int = 0
    _waiting: list[Component] = field(default_factory=list)
    _open: int = 0

    def of(self, node: Node | None, hint: Hint, *, in_form: bool = False) -> Made:
        """The type of a schema, and what is said of it."""
        if node is None:
            return Made(ANY)
        if not node.is_map:
            return self._odd(node)
        if self._depth >= _DEEPEST:
            node.tell("import-degraded", "schemas are nested too deep here: anything is taken")
            return Made(ANY)
        self._depth += 1
        try:
            found = self._of_map(node, hint, in_form)
        finally:
            self._depth -= 1
        if not self._depth and not self._open:
            while self._waiting:
                self._read(self._waiting.pop())
        return found

    def of_xml(self, node: Node, hint: Hint) -> Made:
        """The type of a schema as a tree of XML, whose keys are elements and `@attributes`."""
        # What was once a spec has the keys of such trees everywhere.
        outer, self.is_xml = self.is_xml, not self.keeps_names
        try:
            return self.of(node, hint)
        finally:
            self.is_xml = outer

    def _odd(self, node: Node) -> Made:
        if node.value is True:
            return Made(ANY)
        if node.value is False:
            node.tell("import-degraded", "nothing is allowed here: anything is taken")
            return Made(ANY)
        node.degraded("a schema is expected here", "anything is taken")
        return Made(ANY)

    def _of_map(self, node: Node, hint: Hint, in_form: bool) -> Made:
        if node.ref is not None:
            return self._of_reference(node, hint, in_form)
        if node.has("$ref"):
            node.degraded("`$ref` is text", "anything is taken")
            return Made(ANY)
        if node.has("$dynamicRef") or node.has("$recursiveRef"):
            node.tell("import-degraded", "a dynamic reference is not followed: anything is taken")
            return Made(ANY)
        facts = self.facts(node)
        made = self._of_plain(node, hint, in_form)
        if _says_null(node):
            made = Made(nullable(made.type), made.facts)
        return self._with_default(made.with_facts(facts), node)

    # --- named schemas

    def _of_reference(self, node: Node, hint: Hint, in_form: bool) -> Made:
        target = self.files.target(node)
        if target.ref is not None:
            return Made(ANY)  # it leads nowhere, which is told
        if not target.is_map:
            return self._odd(target)
        made = self.component(target, hint, in_form=in_form)
        if len(node.value) > 1:
            made = made.with_facts(self.facts(node))
            if _says_null(node):
                made = Made(nullable(made.type), made.facts)
            made = self._with_default(made, node)
        return made

    def component(self, target: Node, hint: Hint = (), *, in_form: bool = False) -> Made:
        """A schema that is referred to. Single values, lists and maps stand where they are used."""
        key = f"{_key_of(target)}{XML}" if self.is_xml else _key_of(target)
        if in_form and target.value.get("format") == "binary":
            return self._of_map(target, hint, in_form)
        found = self.components.get(key)
        if found is None:
            found = self.components[key] = Component(key, _component_name(target), target)
            if self._open >= _MOST_OPEN:
                # Read later: what refers to it keeps its name, whatever it comes to.
                found.is_recursive = True
                self._waiting.append(found)
            else:
                self._read(found)
        if found.is_open:
            found.is_recursive = True
            return Made(Ref(key))
        if found.is_recursive or self.keeps_names or _keeps_name(found.made.type):
            facts = found.made.facts
            return Made(Ref(key), Facts(deprecated=facts.deprecated))
        return found.made

    def _read(self, found: Component) -> None:
        """Read a schema that is referred to, apart from what refers to it."""
        outer, self._depth = self._depth, 1
        self._open += 1
        # What is wrong with a shared schema is told once, not for the operation it was met in.
        teller = found.node.teller
        operation, teller.operation = teller.operation, None
        is_xml, self.is_xml = self.is_xml, found.key.endswith(XML)
        try:
            found.made = self._component(found)
        finally:
            self._open -= 1
            self.is_xml = is_xml
            self._depth, teller.operation = outer, operation
        found.is_open = False

    def base_of(self, component: Component) -> Ref:
        """What a schema with a tag shares with those that build upon it, as an object by itself."""
        key = f"{component.key}{BASE}"
        if key not in self.components:
            base = self.components[key] = Component(key, f"{component.name}Base", component.node)
            made = self.of(component.node, (base.name,))
            base.made, base.is_open = made, False
        return Ref(key)

    def learn_families(self, schemas: Node | None) -> None:
        """Find out which schemas build upon which, for those that have a tag."""
        heirs: dict[str, list[tuple[str, Node]]] = {}
        for name, node in schemas.items() if schemas is not None else ():
            for each in node.entries("allOf") if node.is_map and node.has("allOf") else ():
                target = self.files.target(each) if each.ref is not None else each
                if each.ref is not None and target.is_map:
                    heirs.setdefault(_key_of(target), []).append((name, node))
        for key, nearest in heirs.items():
            found: dict[int, tuple[str, Node]] = {}
            waiting = list(nearest)
            while waiting:
                name, node = waiting.pop(0)
                if id(node.value) not in found and _key_of(node) != key:
                    found[id(node.value)] = (name, node)
                    waiting += heirs.get(_key_of(node), [])
            self.families[key] = list(found.values())

    def _component(self, found: Component) -> Made:
        hint = (found.name,)
        family = tagged_base(self, found)
        return family if family is not None else self.of(found.node, hint)

    # --- by what a schema says

    def _of_plain(self, node: Node, hint: Hint, in_form: bool) -> Made:
        value = node.value
        for key in value:
            if key in _UNCHECKED and value[key] not in (False, None, 0):
                node.counted("{count} conditions that a client does not check are left out", key)
        if "allOf" in value:
            return composed(self, node, hint, in_form=in_form)
        if "oneOf" in value or "anyOf" in value:
            return alternatives(self, node, hint, in_form=in_form)
        constant = constant_of(node)
        if constant is not None:
            return Made(NULL if constant[0] is None else Const(constant[0]))
        kinds = self._kinds(node)
        if "enum" in value:
            plain = tuple(kind for kind in kinds if kind != "null")
            found = enum_type(node, plain)
            if found is not None:
                return Made(nullable(found) if "null" in kinds else found)
        if not kinds:
            return self._of_hints(node, hint, in_form)
        members = [self._of_kind(kind, node, hint, in_form) for kind in kinds]
        pattern = pattern_of(node)
        facts = PLAIN if pattern is None else Facts(pattern=pattern)
        if len(members) == 1:
            return Made(members[0], facts.over(self._list_bounds(node, kinds)))
        return Made(merged(members), facts.over(self._list_bounds(node, kinds)))

    def _kinds(self, node: Node) -> tuple[str, ...]:
        written = node.value.get("type")
        if written is None:
            return ("null",) if "type" in node.value and len(node.value) == 1 else ()
        given = written if isinstance(written, list) else [written]
        kinds: dict[str, None] = {}
        for each in given:
            kind = KINDS.get(each.lower()) if isinstance(each, str) else None
            if kind is None:
                shown = said(str(each))
                node.tell("import-degraded", f"`{shown}` is not a type: anything is taken")
                return ()
            if kind == "any":
                return ()
            kinds[kind] = None
        return tuple(kinds)

    def _of_hints(self, node: Node, hint: Hint, in_form: bool) -> Made:
        """A schema without a type: what else it says tells what it is about."""
        value = node.value
        if any(key in value for key in _OBJECT_KEYS) or "discriminator" in value:
            if not node.has("properties") and not node.has("additionalProperties"):
                return Made(ANY)
            return Made(self.object(node, hint, in_form=in_form))
        if any(key in value for key in _ARRAY_KEYS):
            return Made(self._list(node, hint))
        if any(key in value for key in _TEXT_KEYS):
            if node.text("format") in ("int32", "int64", "float", "double"):
                return Made(scalar_type("number", node))
            pattern = pattern_of(node)
            return Made(scalar_type("string", node), Facts(pattern=pattern))
        if any(key in value for key in _NUMBER_KEYS):
            return Made(scalar_type("number", node))
        return Made(ANY)

    def _of_kind(self, kind: str, node: Node, hint: Hint, in_form: bool) -> Type:
        if kind == "object":
            return self.object(node, hint, in_form=in_form)
        if kind == "array":
            return self._list(node, hint, in_form=in_form)
        if kind == "null":
            return NULL
        if kind == "file":
            return FILE if in_form else Word("bytes")
        if kind == "string" and _is_binary(node):
            # In JSON there are no bytes: what is called binary there is some text.
            return FILE if in_form else TEXT
        return scalar_type(kind, node)

    def _list(self, node: Node, hint: Hint, *, in_form: bool = False) -> Type:
        prefix = node.child("prefixItems")
        items = node.child("items")
        if prefix is None and items is not None and isinstance(items.value, list):
            prefix, items = items, node.child("additionalItems")
        if prefix is not None and isinstance(prefix.value, list) and prefix.value:
            types = tuple(
                self.of(prefix.at(number, each), (*hint, f"[{number}]")).type
                for number, each in enumerate(prefix.value)
            )
            if items is not None and items.is_map:
                rest = self.of(items, (*hint, "[]")).type
                return ListOf(one_of(*types, rest))
            return Tuple(types)
        if items is None:
            return ListOf(ANY)
        return ListOf(self.of(items, (*hint, "[]"), in_form=in_form).type)

    def _list_bounds(self, node: Node, kinds: tuple[str, ...]) -> Facts:
        """How many items a list has. Beside other kinds it would read as a bound of these."""
        if "array" not in kinds or set(kinds) - {"array", "null"}:
            return PLAIN
        low = node.number("minItems") if node.has("minItems") else None
        high = node.number("maxItems") if node.has("maxItems") else None
        low = None if not low or not isinstance(low, int) else low
        high = None if high is None or not 0 <= high < 1000 or isinstance(high, float) else high
        if low is not None and high is not None and low > high:
            return PLAIN
        return Facts(low=low, high=high)

    # --- objects

    def object(self, node: Node, hint: Hint, *, in_form: bool = False) -> Type:
        """An object with fields, a map, or any object."""
        properties = node.map("properties")
        rest = self._rest(node, hint)
        if properties is None or not properties.value:
            if rest is not None:
                return MapOf(rest)
            return MapOf(ANY)
        found = Object(hint, node, rest=rest)
        found.doc, found.title = node.text("description"), node.line("title")
        found.fields = self.fields(node, properties, hint, in_form=in_form)
        return found

    def fields(
        self, node: Node, properties: Node, hint: Hint, *, in_form: bool = False
    ) -> dict[str, Field]:
        """The properties of a schema as fields, in order."""
        required = self.required(node)
        found: dict[str, Field] = {}
        for name, inner in properties.items():
            element = field_of(self.files, inner, name) if self.is_xml else None
            wire = self.wire_name(inner, element.key if element is not None else name)
            made = self.of(inner, (*hint, wire), in_form=in_form)
            if element is not None and element.item is not None:
                item = Field(element.item, without_null(made.type), PLAIN, True, inner)
                around = Object((*hint, wire), inner, fields={element.item: item})
                made = Made(around, Facts(doc=made.facts.doc))
            is_required = name in required or (inner.is_map and inner.value.get("required") is True)
            found[wire] = Field(wire, made.type, made.facts, not is_required, inner)
            if self.keeps_names:
                take_marks(found[wire], inner)
        return found

    def wire_name(self, node: Node, name: str) -> str:
        """The name of a field as a spec can say it."""
        from ferrule.imports.openapi.wire_names import sayable

        found = sayable(name)
        if found != name:
            node.lost(f"the name `{said(name)}` holds what a name cannot: `{said(found)}` is taken")
        return found

    def required(self, node: Node) -> set[str]:
        """The names under `required`."""
        written = node.value.get("required")
        if isinstance(written, list):
            return {each for each in written if isinstance(each, str)}
        return set()

    def _rest(self, node: Node, hint: Hint) -> Type | None:
        """The type of fields that are not named; None where nothing is said of them."""
        value = node.value
        patterns = node.map("patternProperties") if node.has("patternProperties") else None
        if patterns is not None and patterns.value:
            types = [self.of(each, (*hint, "{}")).type for _, each in patterns.items()]
            return merged(types)
        if "additionalProperties" not in value:
            return None
        given = value["additionalProperties"]
        if given is True:
            return ANY if not value.get("properties") else None
        if given is False or given is None:
            if given is False:
                node.counted(
                    "{count} objects say that they have no other fields: a client keeps those "
                    "that a service adds later"
                )
            return None
        inner = node.at("additionalProperties", given)
        if isinstance(given, dict) and not given:
            return ANY if not value.get("properties") else None
        made = self.of(inner, (*hint, "{}"))
        return made.type

    # --- what is said besides

    def facts(self, node: Node) -> Facts:
        """What a schema says of its values besides their type."""
        value = node.value
        doc = node.text("description") if "description" in value else None
        example = value.get("example")
        if example is None and isinstance(value.get("examples"), list) and value["examples"]:
            example = value["examples"][0]
        return Facts(
            doc=doc.strip() or None if doc else None,
            example=example if isinstance(example, str | int | float) else None,
            is_read_only=node.flag("readOnly") if "readOnly" in value else False,
            is_write_only=node.flag("writeOnly") if "writeOnly" in value else False,
            deprecated=_deprecation(node),
        )

    def _with_default(self, made: Made, node: Node) -> Made:
        if "default" not in node.value or node.value["default"] is None:
            return made
        value: Any = node.value["default"]
        return made.with_facts(Facts(default=value, has_default=True))


def _key_of(target: Node) -> str:
    return f"{target.document.source.path}{target.address}"


def _deprecation(node: Node) -> str | None:
    """Why a value is deprecated; a bare mark says no more than that."""
    value = node.value
    if value.get("deprecated") not in (True, "true") and "x-deprecated" not in value:
        return None
    for key in ("x-deprecated-message", "x-deprecated", "x-deprecation-reason"):
        if isinstance(value.get(key), str):
            return " ".join(value[key].split())
    return "deprecated"


def _says_null(node: Node) -> bool:
    value = node.value
    return value.get("nullable") in (True, "true") or value.get("x-nullable") is True


def _is_binary(node: Node) -> bool:
    form = node.value.get("format")
    return form in ("binary", "file") or node.has("contentMediaType")


def _keeps_name(type_: Type) -> bool:
    """Whether what a schema comes to is worth its name."""
    if isinstance(type_, OneOf):
        return sum(not admits_null(each) for each in type_.members) > 1
    return isinstance(type_, Object | Tagged | Enum | Tuple)


def _component_name(target: Node) -> str:
    """The name of a schema: the last part of the way to it, or of the file that it is."""
    if target.path:
        for part in reversed(target.path):
            if isinstance(part, str) and part not in ("schema", "items", "properties"):
                return part
    return target.document.source.path.rsplit("/", 1)[-1].partition(".")[0]
