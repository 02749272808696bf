"""Fills a spec in: what each action inherits, and what holds where nothing is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from ferrule.forms.inheriting import PAGING_STYLES, kept_of_paging
from ferrule.forms.spec import METHODS
from ferrule.passes.resolve.inherit import has_default_limit, idempotency_key_of, pages

if TYPE_CHECKING:
    from ferrule.forms.tree import Path
    from ferrule.pipeline import CheckedSpec

# What the runtime does where a spec says nothing.
DEFAULTS: dict[str, Any] = {
    "retry": {
        "attempts": 4,
        "backoff": "500ms..30s",
        "jitter": "full",
        "network": True,
        "all_errors": False,
    },
    "timeout": {"connect": "10s", "read": "60s", "write": "60s", "pool": "60s", "total": "none"},
    "send": "json",
    "auth": "none",
    "returns": "none",
}
REPEATABLE = ("get", "head", "options", "put", "delete")
_MAPS_OF_VALUES = ("headers", "query", "cookies")
# The key that is meant where a single word stands in place of the map.
_SHORT_FORM_OF = {"timeout": "read", "size": "in"}
_BODIES = ("body", "body?", "bodies")
_LIMITS = (("rate_limit",), ("rate_limits", "default"))
# In this order an action is shown; what is named nowhere here stands between the two.
_FIRST = (*METHODS, "url", "method", "path", "query", "query?", "headers", "headers?", "cookies")
_LAST = (
    *("body", "body?", "bodies", "send", "returns", "paging", "auth", "limit", "replay"),
    *("idempotency_key", "retry", "timeout", "errors"),
)


class Origin(Struct, frozen=True):
    """Where a value comes from: the spec at this place, its connector-wide part, or a default.

    `file` is set where that is not the file of the spec itself.
    """

    kind: Literal["spec", "connector", "default"]
    line: int | None = None
    file: str | None = None

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}"
        place += "" if self.file is None else f" of {self.file}"
        return ", ".join(filter(None, ("" if self.kind == "spec" else self.kind, place)))


class Shown(Struct, frozen=True):
    """A value with its origin. Maps and lists hold Shown; without an origin theirs tell."""

    value: Any
    origin: Origin | None = None

    def plain(self) -> Any:
        """The value without origins."""
        if isinstance(self.value, dict):
            return {key: inner.plain() for key, inner in self.value.items()}
        if isinstance(self.value, list):
            return [inner.plain() for inner in self.value]
        return self.value


def resolved(checked: CheckedSpec) -> Shown:
    """The whole spec, each action with everything that holds for it."""
    resolver = _Resolver(checked)
    data = checked.tree.data
    shown = {key: resolver.stated((key,)) for key in data}
    if "actions" in data:
        shown["actions"] = Shown({name: resolver.action(name) for name in data["actions"]})
    return Shown(shown)


class _Resolver:
    def __init__(self, checked: CheckedSpec) -> None:
        self.checked = checked
        self.tree = checked.tree
        self.data = checked.tree.data

    def action(self, name: str) -> Shown:
        own, path = self.data["actions"][name], ("actions", name)
        form = self.checked.spec.actions[name]
        spec = self.checked.spec
        shown = {key: self.stated((*path, key)) for key in own}
        for key in (key for key in _MAPS_OF_VALUES if f"{key}?" not in own):
            self._add(shown, key, self._merged((key,), (*path, key)))
        self._add(shown, "auth", self._auth(path))
        self._add(shown, "retry", self._merged(("retry",), (*path, "retry")))
        self._add(shown, "timeout", self._merged(("timeout",), (*path, "timeout")))
        self._add(shown, "errors", self._errors(path))
        self._add(shown, "paging", self._paging(path) if pages(spec, form) else None)
        if any(key in own for key in _BODIES):
            self._add(shown, "send", self._first((*path, "send"), ("send",)))
        self._add(shown, "returns", self._first((*path, "returns")))
        if has_default_limit(spec):
            self._add(shown, "limit", self._limit(path))
        if idempotency_key_of(spec, form) is not None:
            self._add(
                shown,
                "idempotency_key",
                self._first((*path, "idempotency_key"), ("idempotency_key",)),
            )
        self._add(shown, "replay", self._replay(own, "idempotency_key" in shown))
        return Shown(_ordered(shown))

    def stated(self, path: Path, kind: Literal["spec", "connector"] = "spec") -> Shown:
        """What the spec says at a path, and where it says it."""
        value: Any = self.data
        for part in path:
            value = value[part]
        return _whole(value, self._origin(path, kind))

    def _items(self, path: Path, kind: Literal["spec", "connector"] = "spec") -> Iterator[Shown]:
        """The entries of a list, each with its own place."""
        for number in range(len(self.stated(path).value)):
            yield self.stated((*path, number), kind)

    def _origin(self, path: Path, kind: Literal["spec", "connector"]) -> Origin:
        source, span = self.tree.placed(self.tree.key_span(path))
        file = None if source is self.tree.source else source.path
        return Origin(kind, source.position(span.start)[0], file)

    def _has(self, path: Path) -> bool:
        value: Any = self.data
        for part in path:
            if not isinstance(value, Mapping) or part not in value:
                return False
            value = value[part]
        return True

    def _add(self, shown: dict[str, Shown], key: str, value: Shown | None) -> None:
        if value is not None and (key not in shown or value.origin != shown[key].origin):
            shown[key] = value

    def _first(self, *paths: Path) -> Shown | None:
        """What the spec says at the first path, else at the others, else a default."""
        for path in paths:
            if self._has(path):
                return self.stated(path, "spec" if path == paths[0] else "connector")
        key = str(paths[0][-1])
        return Shown(DEFAULTS[key], Origin("default")) if key in DEFAULTS else None

    def _merged(self, *paths: Path) -> Shown | None:
        """Maps of default, connector and action, merged key by key; `none` takes a key out."""
        key = str(paths[-1][-1])
        merged = {
            name: Shown(value, Origin("default")) for name, value in DEFAULTS.get(key, {}).items()
        }
        for path in paths:
            if not self._has(path):
                continue
            kind: Literal["spec", "connector"] = "spec" if path == paths[-1] else "connector"
            layer = self.stated(path, kind)
            if isinstance(layer.value, dict):
                merged |= {name: self.stated((*path, name), kind) for name in layer.value}
            elif key in _SHORT_FORM_OF:
                merged[_SHORT_FORM_OF[key]] = layer
        merged = {
            name: value
            for name, value in merged.items()
            if value.value != "none" or key not in _MAPS_OF_VALUES
        }
        return _told_together(merged) if merged else None

    def _auth(self, path: Path) -> Shown | None:
        found = self._first((*path, "auth"), ("auth",))
        if found is None or not isinstance(found.value, dict):
            return found
        return Shown(" + ".join(found.value), found.origin)

    def _limit(self, path: Path) -> Shown:
        if self._has((*path, "limit")):
            return self.stated((*path, "limit"))
        stated = next(each for each in _LIMITS if self._has(each))
        return Shown("default", self._origin(stated, "connector"))

    def _replay(self, own: Mapping[str, Any], has_key: bool) -> Shown | None:
        if "replay" in own:
            return None
        is_repeatable = any(method in own for method in REPEATABLE)
        word = "safe" if is_repeatable else "key" if has_key else "never"
        return Shown(word, Origin("default"))

    def _paging(self, path: Path) -> Shown | None:
        inherited: Path = ("paging",) if self._has(("paging",)) else ("pagings", "default")
        own = (*path, "paging")
        if not self._has(own):
            return self.stated(inherited, "connector")
        stated = self.stated(own)
        if not isinstance(stated.value, dict):
            named = ("pagings", str(stated.value))
            return self.stated(named if self._has(named) else inherited, "connector")
        if not self._has(inherited):
            return stated
        base = self.stated(inherited, "connector").value
        plain = {key: shown.value for key, shown in stated.value.items()}
        kept = kept_of_paging({key: shown.value for key, shown in base.items()}, plain)
        merged = {key: base[key] for key in kept} | stated.value
        if "size" in kept and "size" in plain:
            merged["size"] = self._merged((*inherited, "size"), (*own, "size"))
        first = [key for key in PAGING_STYLES if key in merged]
        return _told_together({key: merged[key] for key in dict.fromkeys([*first, *merged])})

    def _errors(self, path: Path) -> Shown | None:
        merged = self._merged(("errors",), (*path, "errors"))
        if merged is None:
            return None
        of_connector, of_action = ("errors", "rules"), (*path, "errors", "rules")
        if self._has(of_connector) and self._has(of_action):
            rules = Shown([*self._items(of_action), *self._items(of_connector, "connector")])
            merged = Shown({**merged.value, "rules": rules})
        for key in ("codes", "statuses"):
            if self._has(("errors", key)) and self._has((*path, "errors", key)):
                both = self._merged(("errors", key), (*path, "errors", key))
                merged = Shown({**merged.value, key: both})
        return merged


def _told_together(merged: dict[str, Shown]) -> Shown:
    """A map with one origin where all in it have the same."""
    origins = {inner.origin for inner in merged.values()}
    return Shown(merged, origins.pop() if len(origins) == 1 else None)


def _whole(value: Any, origin: Origin) -> Shown:
    if isinstance(value, Mapping):
        return Shown({key: _whole(inner, origin) for key, inner in value.items()}, origin)
    if isinstance(value, list):
        return Shown([_whole(inner, origin) for inner in value], origin)
    return Shown(value, origin)


def _ordered(shown: dict[str, Shown]) -> dict[str, Shown]:
    rest = [key for key in shown if key not in (*_FIRST, *_LAST)]
    order = [*(key for key in _FIRST if key in shown), *rest, *_LAST]
    return {key: shown[key] for key in order if key in shown}
