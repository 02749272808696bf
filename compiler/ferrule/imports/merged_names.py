"""Follows what an author has renamed, so that a new import speaks of it by its new name."""

from __future__ import annotations

import re
from typing import Any

from ferrule.forms.spec import METHODS
from ferrule.imports.spec_text import Noted

_GAP = re.compile(r"\{[^{}]*\}")
_PROSE = frozenset(("summary", "description", "docs", ".doc", "deprecated", ".deprecated", "title"))


def action_key(action: Any) -> tuple[str, str] | None:
    """What an action is whatever it is called: its method and its path without names of gaps."""
    if isinstance(action, Noted):
        action = action.value
    if not isinstance(action, dict):
        return None
    for method in METHODS:
        path = action.get(method)
        if isinstance(path, str):
            return method, path_key(path)
    return None


def path_key(path: str) -> str:
    """A path without the names and types of what is filled in."""
    return _GAP.sub("{}", path)


def names_of_actions(data: dict[str, Any]) -> dict[tuple[str, str], str]:
    """The names of actions by what they are; what stands twice is left out."""
    found: dict[tuple[str, str], str] = {}
    twice: set[tuple[str, str]] = set()
    actions = data.get("actions")
    for name, action in actions.items() if isinstance(actions, dict) else ():
        key = action_key(action)
        if key in found:
            twice.add(key)
        elif key is not None:
            found[key] = name
    return {key: name for key, name in found.items() if key not in twice}


def follow_renames(
    base: dict[str, Any] | None, mine: dict[str, Any], theirs: dict[str, Any]
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """The last import and the new one under the author's names of actions and models."""
    if base is None:
        return None, theirs
    actions = names_of_actions(mine)
    base, theirs = _with_actions(base, actions), _with_actions(theirs, actions)
    models = _renamed_models(base, mine)
    if models:
        base, theirs = _with_models(base, models), _with_models(theirs, models)
    return base, theirs


def _with_actions(data: dict[str, Any], names: dict[tuple[str, str], str]) -> dict[str, Any]:
    actions = data.get("actions")
    if not isinstance(actions, dict):
        return data
    own = names_of_actions(data)
    wanted = {own[key]: name for key, name in names.items() if key in own}
    return {**data, "actions": {wanted.get(name, name): each for name, each in actions.items()}}


def _renamed_models(base: dict[str, Any], mine: dict[str, Any]) -> dict[str, str]:
    """Models of the last import that stand under another name now, unchanged but for names."""
    old, new = base.get("models"), mine.get("models")
    if not isinstance(old, dict) or not isinstance(new, dict):
        return {}
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    found: dict[str, str] = {}
    for name in gone:
        for other in come:
            if other not in found.values() and _renamed(old[name], {name: other}) == new[other]:
                found[name] = other
                break
    return found


def _with_models(data: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    models = data.get("models")
    if isinstance(models, dict):
        data = {**data, "models": {names.get(name, name): each for name, each in models.items()}}
    found: dict[str, Any] = _renamed(data, names)
    return found


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """The same with other names of models in its types."""
    if isinstance(value, Noted):
        return Noted(_renamed(value.value, names), value.above, value.beside)
    if isinstance(value, dict):
        return {
            key: inner if key in _PROSE else _renamed(inner, names) for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    if isinstance(value, str) and not value.startswith("="):
        pattern = r"(?<![A-Za-z0-9_$.\"])([A-Z][A-Za-z0-9_]*)(?![A-Za-z0-9_.\"])"
        return re.sub(pattern, lambda met: names.get(met[1], met[1]), value)
    return value
