"""Parameters of an action as those of an operation: where they go, how lists are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from ferrule.exports.openapi.schemas import Schema, Schemas, type_of
from ferrule.forms.shape import Shape
from ferrule.forms.tree import Path
from ferrule.words import ast

# Style and `explode` of OpenAPI by the language's word, for lists and for objects.
_LISTS: dict[str, tuple[str, bool]] = {
    "repeat": ("form", True),
    "csv": ("form", False),
    "pipes": ("pipeDelimited", False),
    "spaces": ("spaceDelimited", False),
    "brackets": ("deepObject", True),
    "deep": ("deepObject", True),
}
_OBJECTS: dict[str, tuple[str, bool]] = {
    **_LISTS,
    "repeat": ("deepObject", True),
    "spread": ("form", True),
}
_ONE_TEXT: dict[str, tuple[str, bool]] = {
    "csv": ("simple", False),
    "pairs": ("simple", True),
    "label": ("label", True),
    "label_csv": ("label", False),
    "matrix": ("matrix", False),
    "matrix_repeat": ("matrix", True),
}
_COOKIES: dict[str, tuple[str, bool]] = {
    "csv": ("form", False),
    "repeat": ("form", True),
    "spread": ("form", True),
}
SET_BY_CLIENT = "x-ferrule-set-by-client"
"""Marks a parameter that the client sets by itself: an import leaves it to the connector."""
SETTING = "x-ferrule-setting"
"""Marks a parameter of a path that is a setting of the connector."""
_PLACES = {"query": "query", "headers": "header", "cookies": "cookie"}


class Parameters(Struct):
    """Writes parameters. `arrays` is how lists of queries go where nothing is said."""

    schemas: Schemas
    arrays: str = "repeat"

    def of_path(
        self, template: ast.PathTemplate, declared: dict[str, Shape], path: Path
    ) -> tuple[str, list[Schema]]:
        """The path as OpenAPI writes it, and the parameters in it."""
        text = ""
        found: list[Schema] = []
        for part in template.parts:
            if isinstance(part, str):
                text += part
            elif isinstance(part, ast.Reference):
                name = "_".join(part.names)
                text += f"{{{name}}}"
                made = _path_parameter(name, {"type": "string"})
                told = {"description": "A setting of the connector.", SETTING: ".".join(part.names)}
                found.append(made | told)
                if part.filters or part.fallback is not None:
                    message = f"what becomes of the setting `{name}` in the path is not said"
                    self.schemas.losses.tell(path, message)
            else:
                text += f"{{{part.name}}}"
                found.append(self._gap(part, declared, path))
        return text, found

    def _gap(self, part: ast.PathParam, declared: dict[str, Shape], path: Path) -> Schema:
        where = (*path[:-1], "path", part.name)
        shape = declared.get(part.name)
        type_ = part.type or ast.WordType(start=0, end=0, word="string")
        if shape is not None and (part.type is not None or shape.is_bare):
            shape = shape.saying(type=type_)
        if shape is not None:
            made = self._parameter(part.name, "path", shape, where, is_required=True)
        else:
            made = _path_parameter(part.name, self.schemas.of_type(type_, path))
        if part.keeps_slashes:
            made["x-ferrule-slashes"] = True
        return made

    def of_section(self, section: str, shape: Shape | None, path: Path) -> Iterator[Schema]:
        """The parameters of `query`, `headers` or `cookies`."""
        if shape is None:
            return
        for key, name, is_optional, each in shape.members:
            word = each.word
            constant = word.constant if word is not None else None
            if constant is not None and not constant.is_constant:
                continue  # it is the installer's, and stands in the extension
            type_ = type_of(each)
            if isinstance(type_, ast.WordType) and type_.word == "none":
                continue  # it switches an inherited value off
            where = _PLACES[section]
            is_fixed = constant is not None or each.constant is not None
            yield self._parameter(
                name, where, each, (*path, key), is_required=is_fixed or not is_optional
            )
        if shape.rest is not None:
            inner = self.schemas.of_type(shape.rest, path)
            rest = {"type": "object", "additionalProperties": inner}
            yield {
                "name": "extra", "in": _PLACES[section], "explode": True, "schema": rest,
                SET_BY_CLIENT: True,
            }  # fmt: skip

    def _parameter(
        self, name: str, where: str, shape: Shape, path: Path, *, is_required: bool
    ) -> Schema:
        schema = self.schemas.of(shape, path)
        made: Schema = {"name": name, "in": where}
        for key in ("description", "deprecated"):
            if key in schema:
                made[key] = schema.pop(key)
        if is_required:
            made["required"] = True
        kind = self.kind_of(shape)
        word = shape.style or ("csv" if where != "query" else self.arrays)
        if word == "json" and (kind != "single" or shape.style is not None):
            made["content"] = {"application/json": {"schema": schema}}
            return made
        example = schema.pop("example", None)
        made |= self._style(where, word, kind, shape.style, path)
        made["schema"] = schema
        if example is not None:
            made["example"] = example
        return made

    def _style(
        self, where: str, word: str, kind: str, own: str | None, path: Path
    ) -> dict[str, Any]:
        if kind == "single":
            return {"style": own} if own in ("label", "matrix") else {}
        tables = {"query": _LISTS if kind == "list" else _OBJECTS, "cookie": _COOKIES}
        known = tables.get(where, _ONE_TEXT).get(word)
        if known is None:
            self.schemas.losses.tell(path, f"the style `{word}` is not said: OpenAPI has none")
            return {"x-ferrule-style": word}
        style, explode = known
        return {"style": style, "explode": explode}

    def kind_of(self, shape: Shape) -> str:
        """`list`, `object` or `single`: what styles tell apart."""
        type_ = type_of(shape)
        if type_ is None:
            is_object = bool(shape.members) or shape.is_also or shape.by is not None
            return "list" if shape.items is not None else "object" if is_object else "single"
        return self.kind_of_type(type_, ())

    def kind_of_type(self, type_: ast.TypeExpr, seen: tuple[str, ...]) -> str:
        match type_:
            case ast.ListType():
                return "list"
            case ast.MapType():
                return "object"
            case ast.ModelType(name=name):
                shape = self.schemas.models.get(name)
                if shape is None or name in seen:
                    return "object"
                inner = type_of(shape)
                if inner is None:
                    return self.kind_of(shape)
                return self.kind_of_type(inner, (*seen, name))
            case ast.UnionType(members=members):
                kinds = [self.kind_of_type(each, seen) for each in members]
                return next((each for each in ("list", "object") if each in kinds), "single")
            case ast.WordType(word=word):
                return "object" if word == "object" else "single"
            case _:
                return "single"


def _path_parameter(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": schema}
