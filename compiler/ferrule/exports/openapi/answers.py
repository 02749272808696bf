"""What an action returns, as responses: the types where they stand in answers, and the errors."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ferrule.exports.openapi.schemas import ROOTLESS, Schema, Schemas, named_root
from ferrule.forms.shape import Shape
from ferrule.forms.spec import Action, Errors, ReturnCases
from ferrule.forms.tree import Path
from ferrule.words import ast

_STREAMS = {
    "lines": "application/x-ndjson",
    "events": "text/event-stream",
    "csv": "text/csv",
    "xml": "application/xml",
}
_PACKED = {"gzip": "application/gzip", "zip": "application/zip"}
_MEDIA = {"json": "application/json", "text": "text/plain", "csv": "text/csv"} | {
    "bytes": "application/octet-stream",
    "xml": "application/xml",
}


class Answers(Struct):
    """Writes responses. `envelope` is what surrounds the lists of the connector."""

    schemas: Schemas
    envelope: Shape | None = None

    def of(self, action: Action, path: Path, *, pages: bool) -> dict[str, Any]:
        """The responses of an action, by status."""
        returns = action.returns
        where = (*path, "returns")
        envelope = (action.envelope or self.envelope) if pages else None
        if returns is None:
            return {"204": {"description": "Done."}}
        if isinstance(returns, ReturnCases):
            return self._cases(returns, where)
        return self._case(returns, where, envelope)

    def _cases(self, cases: ReturnCases, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, each in cases.cases.items():
            made = self._case(each, (*path, key), None)
            if key.isdigit():
                found[key] = next(iter(made.values()))
                continue
            whole = found.setdefault("200", {"description": "The answer.", "content": {}})
            for response in made.values():
                content = response.get("content", {})
                media = _MEDIA.get(key)
                if media is None:
                    self.schemas.losses.tell(path, f"the case `{key}` is not said")
                    media = key if "/" in key else "application/json"
                for schema in content.values():
                    whole["content"].setdefault(media, schema)
        return found

    def _case(self, returns: ast.Returns, path: Path, envelope: Shape | None) -> dict[str, Any]:
        type_ = returns.type
        if returns.constant is not None:
            constant: Schema = {"enum": [returns.constant.value]}
            return {"200": _content("application/json", constant)}
        assert type_ is not None
        if isinstance(type_, ast.WordType):
            if type_.word == "none":
                return {"204": {"description": "Done."}}
            if type_.word == "redirect":
                return {"302": {"description": "Where to go."}}
            if type_.word == "text" and returns.at is None:
                return {"200": _content("text/plain", {"type": "string"})}
            if type_.word == "bytes" and returns.at is None:
                raw: Schema = {"type": "string", "format": "binary"}
                return {"200": _content("application/octet-stream", raw)}
        packed = media_of_packed(returns)
        if packed is not None:
            self.schemas.losses.tell(path, "what the packed file holds is not said")
            return {"200": _content(packed, {"type": "string", "format": "binary"})}
        schema = self.schemas.of_type(type_, path)
        if returns.default is not None:
            schema = {**schema, "default": returns.default.value}
        if isinstance(type_, ast.StreamType) and type_.kind == "xml":
            return {"200": _content(_STREAMS["xml"], self._under_root(schema, returns.at, path))}
        if isinstance(type_, ast.StreamType):
            return {"200": _content(_STREAMS[type_.kind], schema)}
        if returns.at is not None:
            schema = self._placed(schema, returns.at, path, envelope)
        return {"200": _content("application/json", schema)}

    def _under_root(self, schema: Schema, at: ast.MatchedPlace | None, path: Path) -> Schema:
        """A tree of XML, whose first step is the root."""
        keys = keys_of(at) if at is not None else ()
        if keys is None:
            message = "the place of the result is not said: the answer is the result"
            self.schemas.losses.tell(path, message)
        if not keys:
            return {**schema, ROOTLESS: True}
        return named_root(around(schema, keys[1:]), keys[0])

    def _placed(
        self, schema: Schema, at: ast.MatchedPlace, path: Path, envelope: Shape | None
    ) -> Schema:
        """The answer that holds a type at a place."""
        keys = keys_of(at)
        if keys is None:
            message = "the place of the result is not said: the answer is the result"
            self.schemas.losses.tell(path, message)
            return schema
        found = around(schema, keys)
        if envelope is not None:
            fields = self.schemas.of_fields(envelope, path)
            found["properties"] = _merged(found["properties"], fields.get("properties", {}))
        return found


def media_of_packed(returns: ast.Returns) -> str | None:
    """The media type of an answer that other data was packed into; None for all others."""
    type_ = returns.type
    return _PACKED.get(type_.kind) if isinstance(type_, ast.StreamType) else None


def around(schema: Schema, keys: tuple[str, ...]) -> Schema:
    """The objects around a schema. A list may be missing from them; anything else may not."""
    found = schema
    for number, key in enumerate(reversed(keys)):
        found = {"type": "object", "properties": {key: found}}
        if number or "items" not in schema:
            found["required"] = [key]
    return found


def keys_of(at: ast.MatchedPlace) -> tuple[str, ...] | None:
    """The names on the way to a place in the body; None where there are others than names."""
    return None if at.pattern is not None else keys_of_place(at.place)


def keys_of_place(place: ast.AnswerPlace) -> tuple[str, ...] | None:
    """The names on the way to a place in a body; None where there are others than names."""
    if place.root != "body" or place.path is None:
        return None
    steps = place.path.steps
    if not steps or any(not isinstance(step.key, str) for step in steps):
        return None
    return tuple(str(step.key) for step in steps)


def _merged(own: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    found = dict(own)
    for key, value in more.items():
        known = found.get(key)
        if known is None:
            found[key] = value
        elif "properties" in known and "properties" in value:
            found[key] = {**known, "properties": _merged(known["properties"], value["properties"])}
    return found


def _content(media: str, schema: Schema) -> dict[str, Any]:
    return {"description": "The answer.", "content": {media: {"schema": schema}}}


def failure(errors: Errors | None) -> dict[str, Any]:
    """The answer of an error, as far as the places of code and message tell."""
    schema: Schema = {"type": "object"}
    if errors is not None:
        for at in (*(errors.message or ()), *(errors.code or ())):
            keys = keys_of(at)
            if keys is not None:
                inner: Schema = {"type": "string"}
                for key in reversed(keys):
                    inner = {"type": "object", "properties": {key: inner}}
                own = schema.get("properties", {})
                schema["properties"] = _merged(own, inner["properties"])
    return {
        "description": "An error.",
        "content": {"application/json": {"schema": schema}},
    }
