"""Takes over what an exported connector says of itself: `x-ferrule` and `x-ferrule-action`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from ferrule.imports.openapi.api import Api, Operation, Parameter
from ferrule.imports.openapi.drafts import ActionDraft, Result
from ferrule.imports.openapi.guesses.places import body_place, fields_of
from ferrule.imports.openapi.settling import Settler
from ferrule.imports.openapi.types import ANY, Type, without_null

_ACTION = "x-ferrule-action"
_SET_BY_CLIENT = "x-ferrule-set-by-client"
_NAME = re.compile(r"[A-Za-z][\w-]*(\.[A-Za-z][\w-]*)*")
_OF_THE_HEAD = ("connector", "version", "order")
_SETTING = "x-ferrule-setting"
_PLACED = ("name", "at", "wrap", "graphql", "operation", "query", "headers", "cookies", "body")
# The keys of an action in the order in which an import writes them.
_ORDER = (
    "summary", "description", "docs", "deprecated", "get", "post", "put", "patch", "delete",
    "head", "options", "scopes", "auth", "host", "path",
    "query", "headers", "cookies", "send", "arrays", "body", "body?", "bodies", "idempotency_key",
    "returns", "paging",
)  # fmt: skip


def own_name(operation: Operation) -> str | None:
    """The name that an exported action had."""
    given = operation.node.child(_ACTION)
    name = given.value.get("name") if given is not None and given.is_map else None
    return name if isinstance(name, str) and _NAME.fullmatch(name) else None


def is_set_by_client(parameter: Parameter) -> bool:
    """Whether a parameter stands in an exported document only for other readers."""
    return parameter.node.has(_SET_BY_CLIENT)


def setting_of(parameter: Parameter) -> str | None:
    """The setting that a parameter of a path was before it was exported."""
    found = parameter.node.text(_SETTING) if parameter.node.has(_SETTING) else None
    return found if found is not None and _NAME.fullmatch(found) else None


class OwnWords(Struct):
    """What stands in the extensions of one document. It counts more than what can be guessed."""

    head: dict[str, Any]
    _wraps: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, api: Api) -> OwnWords | None:
        """The words of an exported document; None where it is another one."""
        given = api.extension
        return None if given is None else cls(dict(given.value))

    @property
    def connector(self) -> str | None:
        """The name of the connector."""
        found = self.head.get("connector")
        return found if isinstance(found, str) else None

    def add_head(self, data: dict[str, Any]) -> None:
        """The connector's own settings, auth, policies."""
        version = self.head.get("version")
        data["version"] = version if isinstance(version, str) else data["version"]
        data.update({key: each for key, each in self.head.items() if key not in _OF_THE_HEAD})

    def needs(self, drafts: Iterable[ActionDraft], known: Iterable[str]) -> list[str]:
        """The models among those known that only these words name."""
        words = {
            word
            for text in _texts([self.head, *map(_given, drafts)])
            for word in re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text)
        }
        return [each for each in known if each in words and each[:1].isupper()]

    # --- actions

    def put_in_order(self, drafts: list[ActionDraft]) -> None:
        """Bring actions into the order that they had, where the document has another."""
        order = self.head.get("order")
        if isinstance(order, list):
            places = {name: number for number, name in enumerate(map(str, order))}
            drafts.sort(key=lambda each: places.get(each.name, len(places)))

    def place(self, settler: Settler, drafts: Iterable[ActionDraft]) -> None:
        """Take results out of what surrounds them, bodies out of what they are wrapped in."""
        for draft in drafts:
            given = _given(draft)
            at, wrap = given.get("at"), given.get("wrap")
            result = draft.results.get("")
            is_tree = result is not None and result.stream == "xml"
            if isinstance(at, list) and result is not None and is_tree:
                keys = tuple(map(str, at))
                inner = _inside(settler, result.type or ANY, keys[1:])
                if inner is not None:
                    draft.results = {"": Result(inner, stream="xml", at=body_place(keys))}
            elif isinstance(at, list) and result is not None and result.type is not None:
                inner = _inside(settler, result.type, tuple(map(str, at)))
                if inner is not None:
                    draft.results = {"": Result(inner, at=body_place(tuple(map(str, at))))}
            body = draft.body
            is_tree = body is not None and body.send == "xml"
            if isinstance(wrap, str) and body is not None and body.type is not None and not is_tree:
                inner = _inside(settler, body.type, (wrap,))
                if inner is not None:
                    body.type = inner
                    self._wraps[draft.name] = wrap

    def complete(self, draft: ActionDraft, made: dict[str, Any]) -> dict[str, Any]:
        """The action with what only Ferrule has words for."""
        given = _given(draft)
        wrap = self._wraps.get(draft.name)
        for key in ("body", "body?"):
            if wrap is not None and key in made:
                body = made[key]
                made[key] = {".wrap": wrap, **(body if isinstance(body, dict) else {".type": body})}
        if isinstance(given.get("graphql"), str):
            key = "body?" if "body?" in made else "body"
            body = made.get(key)
            own = {".query": given["graphql"]}
            if isinstance(given.get("operation"), str):
                own[".operation"] = given["operation"]
            made[key] = {**own, **(body if isinstance(body, dict) else {})}
            # Its media type is that of JSON: the way of the connector, or what is said below.
            made.pop("send", None)
        for section in ("query", "headers", "cookies", "body"):
            more = given.get(section)
            if isinstance(more, dict) and more:
                key = "body?" if section == "body" and "body?" in made else section
                said = made.get(key, {})
                made[key] = {**(said if isinstance(said, dict) else {}), **more}
        made |= {key: each for key, each in given.items() if key not in _PLACED}
        return {key: made[key] for key in sorted(made, key=_rank)}


def _rank(key: str) -> int:
    return _ORDER.index(key) if key in _ORDER else len(_ORDER)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


def _given(draft: ActionDraft) -> dict[str, Any]:
    node = draft.operation.node.child(_ACTION)
    return dict(node.value) if node is not None and node.is_map else {}


def _inside(settler: Settler, type_: Type, keys: tuple[str, ...]) -> Type | None:
    found = type_
    for key in keys:
        inner = fields_of(settler, without_null(found)).get(key)
        if inner is None:
            return None
        found = inner.type
    return found
