"""Bodies of an action as a request body: one media type each."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ferrule.exports.openapi.parameters import Parameters
from ferrule.exports.openapi.schemas import ROOTLESS, Schema, named_root, type_of
from ferrule.forms.shape import Shape
from ferrule.forms.spec import Action
from ferrule.forms.tree import Path
from ferrule.words import ast

MEDIA = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "text": "text/plain",
    "bytes": "application/octet-stream",
    "xml": "application/xml",
    "graphql": "application/json",
}


class Bodies(Struct):
    """Writes request bodies. `send` is the connector's own way."""

    parameters: Parameters
    send: str = "json"

    def of(self, action: Action, path: Path) -> dict[str, Any] | None:
        """The request body of an action, None where there is none."""
        if action.bodies is not None:
            content: dict[str, Any] = {}
            for word, each in action.bodies.items():
                content |= self._content(action, each, word, (*path, "bodies", word))
            return {"required": True, "content": content}
        shape = action.body or action.optional_body
        if shape is None:
            return None
        key = "body" if action.body is not None else "body?"
        where = (*path, key)
        found: dict[str, Any] = {}
        if shape.doc and not shape.members:
            found["description"] = shape.doc
        if action.body is not None:
            found["required"] = True
        send = action.send or self.send
        return {**found, "content": self._content(action, shape, send, where)}

    def _content(self, action: Action, shape: Shape, send: str, path: Path) -> dict[str, Any]:
        schemas = self.parameters.schemas
        media = _fixed_media(action) or (send if "/" in send else MEDIA[send])
        send = _way_of(send)
        type_ = type_of(shape)
        if send in ("text", "bytes") or _is_raw(type_):
            word = "string" if send == "text" else "binary"
            schema: Schema = {"type": "string"}
            return {media: {"schema": schema if word == "string" else schema | {"format": word}}}
        schema = schemas.of(shape, path)
        if shape.doc and not shape.members:
            schema.pop("description", None)
        if send == "xml":
            return {media: {"schema": _tree(shape, schema)}}
        if shape.wrap is not None:
            schema = {"type": "object", "properties": {shape.wrap: schema}}
            schema["required"] = [shape.wrap]
        made: dict[str, Any] = {"schema": schema}
        encoding = {} if send not in ("form", "multipart") else self._encoding(shape, send)
        if encoding:
            made["encoding"] = encoding
        return {media: made}

    def _encoding(self, shape: Shape, send: str) -> dict[str, Any]:
        """How lists, objects and parts of a form travel."""
        found: dict[str, Any] = {}
        shapes = [(name, each) for _, name, _, each in shape.members]
        type_ = type_of(shape)
        if isinstance(type_, ast.ModelType) and type_.name in self.parameters.schemas.models:
            model = self.parameters.schemas.models[type_.name]
            shapes = [(name, each) for _, name, _, each in model.members]
        for name, each in shapes:
            if each.part is not None and each.part.type is not None:
                found[name] = {"contentType": each.part.type}
                continue
            kind = self.parameters.kind_of(each)
            if kind == "single" or (send != "form" and each.style is None):
                continue
            word = each.style or self.parameters.arrays
            style = {"csv": "form", "pipes": "pipeDelimited", "spaces": "spaceDelimited"}.get(word)
            if word == "json":
                found[name] = {"contentType": "application/json"}
            elif word in ("deep", "brackets"):
                found[name] = {"style": "deepObject", "explode": True}
            elif word == "spread":
                found[name] = {"style": "form", "explode": True}
            elif style is not None:
                found[name] = {"style": style, "explode": False}
        return found


def _tree(shape: Shape, schema: Schema) -> Schema:
    """The schema of a body in XML. The namespace of its root is no attribute there."""
    if shape.wrap is None:
        return {**schema, ROOTLESS: True}
    prefix, _, _ = shape.wrap.rpartition(":")
    key = f"@xmlns:{prefix}" if prefix else "@xmlns"
    declared = schema.get("properties", {}).get(key, {}).get("enum")
    if declared is None:
        return named_root(schema, shape.wrap)
    left = {
        "properties": {name: each for name, each in schema["properties"].items() if name != key},
        "required": [name for name in schema.get("required", ()) if name != key],
    }
    return named_root({**schema, **left}, shape.wrap, str(declared[0]))


def _way_of(send: str) -> str:
    """The word of `send` for a media type."""
    if "/" not in send:
        return send
    known = next((word for word, media in MEDIA.items() if media == send), None)
    subtype = send.rpartition("/")[2]
    ends = (word for word in ("json", "xml") if subtype == word or subtype.endswith(f"+{word}"))
    return known or next(ends, "text" if send.startswith("text/") else "bytes")


def _is_raw(type_: ast.TypeExpr | None) -> bool:
    return isinstance(type_, ast.WordType) and type_.word in ("file", "bytes")


def _fixed_media(action: Action) -> str | None:
    """The media type that a constant header names."""
    for _, name, _, each in action.headers.members if action.headers is not None else ():
        constant = each.word.constant if each.word is not None else None
        if name.lower() == "content-type" and constant is not None and constant.is_constant:
            return "".join(str(part) for part in constant.parts)
    return None
