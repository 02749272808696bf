"""Actions as operations, by path and method."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from ferrule.exports.openapi.answers import Answers, failure, keys_of, media_of_packed
from ferrule.exports.openapi.bodies import Bodies
from ferrule.exports.openapi.parameters import SET_BY_CLIENT, Parameters
from ferrule.exports.openapi.schemas import Schema, Schemas
from ferrule.exports.openapi.security import Security
from ferrule.forms.spec import METHODS, Action, ConnectorSpec, Paging, ReturnCases
from ferrule.forms.tree import Path
from ferrule.words import ast

# What an action says beside its request and its answer: the extension keeps it as it is written.
_KEPT = (
    "deprecated", "scopes", "auth", "host", "paging", "limit", "cost", "replay",
    "idempotency_key", "retry", "timeout", "errors", "cache", "envelope", "send", "arrays",
    "input", "each", "since", "split", "items", "examples",
)  # fmt: skip
_OF_BODIES = {".wrap": "wrap", ".query": "graphql", ".operation": "operation"}
_TO_JOIN = ("query", "headers", "cookies")


class Operations(Struct):
    """Writes the operations of a connector; `tags` are the resources that they belong to."""

    spec: ConnectorSpec
    data: dict[str, Any]
    schemas: Schemas
    security: Security
    tags: list[str] = field(default_factory=list)
    has_failures: bool = False

    def paths(self) -> dict[str, Any]:
        """Path items, in the order of the actions."""
        found: dict[str, Any] = {}
        for name, action in self.spec.actions.items():
            path: Path = ("actions", name)
            method = next((each for each in METHODS if getattr(action, each) is not None), None)
            if method is None:
                what = "a free URL" if action.url is not None else "several requests"
                message = f"an action of {what} is no operation: it is left out"
                self.schemas.losses.tell(path, message)
                continue
            template: ast.PathTemplate = getattr(action, method)
            parameters = Parameters(self.schemas, action.arrays or self.spec.arrays or "repeat")
            declared = action.path
            text, gaps = parameters.of_path(template, declared, (*path, method))
            text = text if text.startswith("/") else f"/{text}"
            if method in found.get(text, {}):
                message = f"`{method.upper()} {text}` is an action already: its path gets a `#…`"
                self.schemas.losses.tell(path, message)
                text = f"{text}#{name}"
            item = found.setdefault(text, {})
            if template.is_absolute:
                message = "an action with a URL of its own is an operation of the base URL"
                self.schemas.losses.tell((*path, method), message)
            item[method] = self._operation(name, action, parameters, gaps)
        return found

    def order_of(self, paths: dict[str, Any]) -> list[str]:
        """The names of all operations as the spec has them, where path items say another order."""
        operations = [each for item in paths.values() for each in item.values()]
        met = [each["x-ferrule-action"]["name"] for each in operations]
        order = sorted(met, key=list(self.spec.actions).index)
        return order if order != met else []

    def failure(self) -> dict[str, Any]:
        """The answer of errors that all operations share."""
        return failure(self.spec.errors)

    def _operation(
        self, name: str, action: Action, parameters: Parameters, gaps: list[Schema]
    ) -> dict[str, Any]:
        path: Path = ("actions", name)
        found: dict[str, Any] = {"operationId": name}
        tag = name.rpartition(".")[0]
        if tag:
            found["tags"] = [tag]
            if tag not in self.tags:
                self.tags.append(tag)
        for key in ("summary", "description"):
            if getattr(action, key):
                found[key] = getattr(action, key)
        if action.docs:
            found["externalDocs"] = {"url": action.docs}
        if action.deprecated is not None:
            found["deprecated"] = True
        paging = self._paging(action)
        listed = gaps
        for section in ("query", "headers", "cookies"):
            shape = getattr(action, section) or getattr(action, f"optional_{section}", None)
            listed = [*listed, *parameters.of_section(section, shape, (*path, section))]
        listed = [*listed, *_of_paging(paging, listed)]
        place = action.idempotency_key
        if place is not None and place.where == "header":
            own: Schema = {"name": place.name, "in": "header", "schema": {"type": "string"}}
            listed.append({**own, SET_BY_CLIENT: True})
        if listed:
            found["parameters"] = listed
        body = Bodies(parameters, self.spec.send or "json").of(action, path)
        if body is not None:
            found["requestBody"] = body
        answers = Answers(self.schemas, self.spec.envelope)
        found["responses"] = answers.of(action, path, pages=paging is not None)
        self.has_failures = True
        # Beside a redirect alone, `default` would read as the good answer.
        other = "4XX" if set(found["responses"]) == {"302"} else "default"
        found["responses"][other] = {"$ref": "#/components/responses/Failure"}
        security = self.security.of_action(action.auth)
        if security is not None:
            found["security"] = security
        found["x-ferrule-action"] = self._extension(name, action)
        return found

    # --- what only Ferrule says

    def _extension(self, name: str, action: Action) -> dict[str, Any]:
        data = self.data["actions"][name]
        if "hooks" in data:
            path = ("actions", name, "hooks")
            self.schemas.losses.tell(path, "functions of your own are not said")
        found: dict[str, Any] = {"name": name}
        found |= {key: data[key] for key in _KEPT if key in data}
        returns = action.returns
        if isinstance(returns, ast.Returns):
            is_packed = media_of_packed(returns) is not None
            if returns.constant is not None or returns.default is not None or is_packed:
                found["returns"] = data["returns"]
            elif returns.at is not None:
                keys = keys_of(returns.at)
                found |= {"returns": data["returns"]} if keys is None else {"at": list(keys)}
        elif isinstance(returns, ReturnCases):
            found["returns"] = data["returns"]
        for section in _TO_JOIN:
            values = data.get(section)
            kept = {k: v for k, v in values.items() if k == ".rest" or _is_own(v)} if values else {}
            if kept:
                found[section] = kept
        body = data.get("body", data.get("body?"))
        if isinstance(body, dict):
            found |= {_OF_BODIES[key]: body[key] for key in _OF_BODIES if key in body}
            kept = {key: each for key, each in body.items() if _is_own(each)}
            if kept:
                found["body"] = kept
        return found

    # --- paging

    def _paging(self, action: Action) -> Paging | None:
        """The paging of an action that pages."""
        spec = self.spec
        default = spec.paging if isinstance(spec.paging, Paging) else spec.pagings.get("default")
        if isinstance(action.paging, str):
            return None if action.paging == "none" else spec.pagings.get(action.paging, default)
        if isinstance(action.paging, Paging):
            if default is None:
                return action.paging
            own = {key: getattr(action.paging, key) for key in action.paging.said}
            return default.saying(**own)
        returns = action.returns
        is_list = isinstance(returns, ast.Returns) and isinstance(returns.type, ast.ListType)
        return default if is_list and action.get is not None else None


def _is_own(value: Any) -> bool:
    """A constant with a setting in it, or a word that switches an inherited value off."""
    is_constant = isinstance(value, str) and value.startswith("=") and "${" in value
    return is_constant or value == "none"


def _of_paging(paging: Paging | None, listed: list[Schema]) -> list[Schema]:
    """The parameters that the walk over pages sets, which an action does not declare."""
    if paging is None:
        return []
    targets: list[tuple[ast.RequestPlace, Schema]] = []
    for place in (paging.page, paging.offset):
        if place is not None:
            start = {} if paging.start is None else {"default": paging.start}
            targets.append((place, {"type": "integer", **start}))
    if isinstance(paging.into, ast.RequestPlace):
        targets.append((paging.into, {"type": "string"}))
    if paging.size is not None and paging.size.in_ is not None:
        schema: Schema = {"type": "integer"}
        if paging.size.max is not None:
            schema |= {"minimum": 1, "maximum": paging.size.max}
        if paging.size.default is not None:
            schema["default"] = paging.size.default
        targets.append((paging.size.in_, schema))
    known = {(each["name"], each["in"]) for each in listed}
    return [
        {"name": place.name, "in": place.where, "schema": schema, SET_BY_CLIENT: True}
        for place, schema in targets
        if place.where in ("query", "header", "cookie") and (place.name, place.where) not in known
    ]
