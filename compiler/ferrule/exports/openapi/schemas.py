"""Declarations as JSON Schema: words, ranges, enums, models, fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from ferrule.exports.openapi.losses import Losses
from ferrule.forms.shape import Shape
from ferrule.forms.tree import Path
from ferrule.words import ast

Schema = dict[str, Any]

ROOTLESS = "x-ferrule-rootless"
"""Marks the schema of a tree of XML that holds its root as a field."""

# Words, and words with a format, whose meaning JSON Schema has a `format` for.
_WORDS: dict[tuple[str, str | None], Schema] = {
    ("string", None): {"type": "string"},
    ("text", None): {"type": "string"},
    ("secret", None): {"type": "string", "format": "password"},
    ("json_secret", None): {"type": "string", "format": "password"},
    ("integer", None): {"type": "integer"},
    ("integer", "text"): {"type": "string", "format": "int64"},
    ("number", None): {"type": "number"},
    ("number", "text"): {"type": "string", "format": "double"},
    ("number", "nan"): {"type": "number"},
    ("boolean", None): {"type": "boolean"},
    ("datetime", None): {"type": "string", "format": "date-time"},
    ("datetime", "epoch"): {"type": "number", "format": "unix-time"},
    ("datetime", "epoch_ms"): {"type": "number", "format": "unix-time-ms"},
    ("datetime", "rfc2822"): {"type": "string", "format": "http-date"},
    ("date", None): {"type": "string", "format": "date"},
    ("time", None): {"type": "string", "format": "time"},
    ("duration", None): {"type": "number"},
    ("duration", "iso8601"): {"type": "string", "format": "duration"},
    ("uuid", None): {"type": "string", "format": "uuid"},
    ("url", None): {"type": "string", "format": "uri"},
    ("email", None): {"type": "string", "format": "email"},
    ("decimal", None): {"type": "string", "format": "decimal"},
    ("bytes", None): {"type": "string", "format": "byte"},
    ("bytes", "base64url"): {"type": "string", "format": "base64url"},
    ("file", None): {"type": "string", "format": "binary"},
    ("object", None): {"type": "object"},
    ("null", None): {"type": "null"},
    ("any", None): {},
}
_BESIDE_A_REFERENCE = (
    "description", "default", "readOnly", "writeOnly", "deprecated", "example", "x-ferrule-py",
    "x-ferrule-blank-is-null",
)  # fmt: skip
_VALUES = ("default", "example")


def type_of(shape: Shape) -> ast.TypeExpr | None:
    """The type that a declaration names, in a word or in `.type`; None for a map of fields."""
    return shape.word.type if shape.word is not None else shape.type


class Schemas(Struct):
    """Writes schemas; models are references to `#/components/schemas`."""

    models: dict[str, Shape]
    losses: Losses

    def of_model(self, name: str) -> Schema:
        """The schema of a model; one that is another model keeps its own name."""
        found = self.of(self.models[name], ("models", name))
        if "$ref" not in found:
            return found
        return {"allOf": [{"$ref": found["$ref"]}], **{k: found[k] for k in found if k != "$ref"}}

    def of(self, shape: Shape, path: Path) -> Schema:
        """The schema of a declaration, with what is said about it."""
        if shape.word is not None:
            return self._of_word(shape.word, path)
        if shape.constant is not None:
            found = _constant(shape.constant)
        elif shape.by is not None:
            found = self._tagged(shape, path)
        elif shape.items is not None:
            items = [self.of_type(each, path) for each in shape.items]
            found = {"type": "array", "prefixItems": items, "minItems": len(items)}
            found |= {"maxItems": len(items)}
        elif shape.type is not None:
            found = self.of_type(shape.type, path)
        elif shape.is_bare:
            found = {}
        elif shape.enum is not None:
            found = _enum(_values(shape.enum))
        else:
            found = self.of_fields(shape, path)
        return self._with_facts(found, shape, path)

    def _of_word(self, word: ast.Param, path: Path) -> Schema:
        if word.constant is not None and not word.constant.is_constant:
            self.losses.tell(path, "what is looked up is not said: it is text")
            return {"type": "string"}
        if word.constant is not None:
            text = "".join(each for each in word.constant.parts if isinstance(each, str))
            return _constant(text)
        assert word.type is not None
        found = self.of_type(word.type, path)
        if word.default is not None:
            found = _joined(found, {"default": word.default.value})
        return found

    # --- types

    def of_type(self, type_: ast.TypeExpr, path: Path) -> Schema:
        """The schema of a type."""
        match type_:
            case ast.WordType(word=word, format=form):
                known = _WORDS.get((word, form))
                if known is None:
                    what = f"the format `{form}` of `{word}` is not said: it is text"
                    self.losses.tell(path, what)
                    return {"type": "string"}
                return dict(known)
            case ast.PatternType(pattern=pattern):
                return {"type": "string", "pattern": pattern}
            case ast.RangeType(word=word, low=low, high=high):
                keys = ("minLength", "maxLength") if word == "string" else ("minimum", "maximum")
                bounds = zip(keys, (low, high), strict=True)
                return {"type": word} | {key: each for key, each in bounds if each is not None}
            case ast.EnumType(values=values):
                return _enum(list(values))
            case ast.ModelType(name=name):
                return {"$ref": f"#/components/schemas/{name}"}
            case ast.ListType(item=item):
                return {"type": "array", "items": self.of_type(item, path)}
            case ast.MapType(value=value):
                return {"type": "object", "additionalProperties": self.of_type(value, path)}
            case ast.StreamType(item=item):
                return self.of_type(item, path)
            case ast.UnionType(members=members):
                return _union([self.of_type(each, path) for each in members])

    def _tagged(self, shape: Shape, path: Path) -> Schema:
        """A union that a field tells apart."""
        mapping: dict[str, str] = {}
        cases: list[Schema] = []
        for key, tag, _, each in shape.members:
            made = self.of(each, (*path, key))
            cases += [made] if made not in cases else []
            if "$ref" in made:
                mapping[tag] = made["$ref"]
        told: Schema = {"propertyName": shape.by, "mapping": mapping}
        if shape.otherwise is not None:
            made = self.of_type(shape.otherwise, path)
            cases += [made] if made not in cases else []
            if "$ref" in made:
                told["x-ferrule-else"] = made["$ref"]
        return {"oneOf": cases, "discriminator": told}

    # --- objects

    def of_fields(
        self, shape: Shape, path: Path, *, without: frozenset[str] = frozenset()
    ) -> Schema:
        """An object with its fields; what it is made of stands in `allOf`."""
        properties: dict[str, Schema] = {}
        required: list[str] = []
        for key, name, is_optional, each in shape.members:
            if name in without:
                continue
            properties[name] = self.of(each, (*path, key)) | _in_xml(name)
            if not is_optional:
                required.append(name)
        own: Schema = {"type": "object"}
        if properties:
            own["properties"] = properties
        if required:
            own["required"] = required
        if shape.rest is not None:
            rest = self.of_type(shape.rest, path)
            own["additionalProperties"] = rest or {"description": "Anything."}
        if shape.is_closed:
            own["additionalProperties"] = False
        if shape.one_of_fields:
            own["anyOf"] = [{"required": [each]} for each in shape.one_of_fields]
        if not shape.is_also:
            return own
        bases = [self.of_type(each, path) for each in shape.is_also]
        if len(own) == 1:
            return {"type": "object", "allOf": bases}
        return {"allOf": [*bases, own]}

    # --- what is said about them

    def _with_facts(self, found: Schema, shape: Shape, path: Path) -> Schema:
        if shape.enum is not None:
            found = _with_enum(found, shape.enum)
        if shape.format is not None:
            found = self._formatted(found, shape.format, path)
        given = {
            "description": shape.doc or None,
            "default": shape.default,
            "example": shape.example,
            "pattern": shape.pattern,
            "minimum": shape.minimum,
            "maximum": shape.maximum,
            **_lengths(shape),
            "readOnly": shape.read_only or None,
            "writeOnly": shape.write_only or None,
            "deprecated": shape.deprecated is not None or None,
            "x-ferrule-py": shape.python_name,
            "x-ferrule-blank-is-null": shape.blank_is_null or None,
        }
        return _joined(found, {key: each for key, each in given.items() if each is not None})

    def _formatted(self, found: Schema, form: str, path: Path) -> Schema:
        for word in ("datetime", "duration", "bytes"):
            known = _WORDS.get((word, form))
            if known is not None:
                return {**found, **known}
        self.losses.tell((*path, ".format"), f"the format `{form}` is not said")
        return found


def named_root(schema: Schema, name: str, namespace: str | None = None) -> Schema:
    """The schema of what stands under a root of XML."""
    prefix, _, local = name.rpartition(":")
    said = {"name": local, "prefix": prefix, "namespace": namespace}
    xml = {key: each for key, each in said.items() if each}
    if "$ref" not in schema:
        return {**schema, "xml": xml}
    is_named = schema["$ref"].rpartition("/")[2] == name and namespace is None
    return schema if is_named else {"allOf": [schema], "xml": xml}


def _in_xml(name: str) -> Schema:
    """What a key of a tree of XML means there."""
    if name.startswith("@"):
        return {"xml": {"name": name[1:], "attribute": True}}
    return {"xml": {"x-text": True}} if name == "#text" else {}


def _lengths(shape: Shape) -> Schema:
    """Bounds of a text, or of a list."""
    members = ast.members_of(type_of(shape))
    ends = "Items" if any(isinstance(each, ast.ListType) for each in members) else "Length"
    return {f"min{ends}": shape.min_length, f"max{ends}": shape.max_length}


def _with_enum(found: Schema, enum: list[Any] | dict[str, Any]) -> Schema:
    values = _values(enum)
    if "null" in (found.get("type") or []) and None not in values:
        values.append(None)
    names = {"x-enum-varnames": list(enum)} if isinstance(enum, dict) else {}
    return {**found, "enum": values, **names}


def _values(enum: list[Any] | dict[str, Any]) -> list[Any]:
    return list(enum.values() if isinstance(enum, dict) else enum)


def _constant(value: Any) -> Schema:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return {"type": kinds.get(type(value), "string"), "enum": [value]}


def _enum(values: list[Any]) -> Schema:
    is_text = all(isinstance(each, str) for each in values)
    return {"type": "string" if is_text else "integer", "enum": values}


def _joined(found: Schema, facts: Schema) -> Schema:
    """A schema and what is said about it. Beside a reference stands only what may stand there."""
    if not facts:
        return found
    if "$ref" in found and any(key not in _BESIDE_A_REFERENCE for key in facts):
        return {"allOf": [found], **facts}
    if _is_text(found):
        facts = {key: _as_text(each) if key in _VALUES else each for key, each in facts.items()}
    return {**found, **facts}


def _is_text(schema: Schema) -> bool:
    """Whether values are text, null apart: so are numbers that are sent as text."""
    said = schema.get("type")
    kinds = {said} if isinstance(said, str) else set(said or ())
    return kinds - {"null"} == {"string"}


def _as_text(value: Any) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else value


def _union(members: Iterable[Schema]) -> Schema:
    """Alternatives; null beside one of them is one more type."""
    found = list(members)
    null = {"type": "null"}
    others = [each for each in found if each != null]
    if len(others) == 1 and len(found) > 1:
        only = others[0]
        if isinstance(only.get("type"), str):
            made = {**only, "type": [only["type"], "null"]}
            if "enum" in only:
                made["enum"] = [*only["enum"], None]
            return made
        return {"anyOf": [only, null]} if only else only
    return {"anyOf": found}
