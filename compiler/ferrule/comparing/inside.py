"""Compares what callers do not see: requests, limits, retries, texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ferrule.comparing.changes import Change, Grade
from ferrule.comparing.places import Places
from ferrule.comparing.surface import Method, Surface

# Compared elsewhere, or different in every version.
_TOLD = ("version", "settings", "name", "package", "class_name", "error_table", "title")
_SAID_IN_SPEC = {
    "at": "returns",
    "auths": "auths",
    "cases": "returns",
    "limits": "rate_limits",
    "observe": "observe",
    "pagings": "paging",
    "returns": "returns",
}


def compared_inside(old: Surface, new: Surface, places: Places) -> Iterator[Change]:
    """Every change that asks nothing of callers."""
    for name in sorted((old.connector.keys() | new.connector.keys()) - set(_TOLD)):
        if old.connector.get(name) != new.connector.get(name):
            path = _SAID_IN_SPEC.get(name, name)
            message = f"`{path}` changed"
            yield places.change(Grade.internal, "connector", message, path)
    for name, now in new.methods.items():
        was = old.methods.get(name)
        if was is not None and ast.dump(was.operation) != ast.dump(now.operation):
            message = f"its request or answer changed: {', '.join(_parts(was, now))}"
            yield places.change(Grade.internal, name, message, "actions", name)
    if old.texts != new.texts:
        yield places.change(Grade.internal, "documentation", "texts changed")


def _parts(old: Method, new: Method) -> Iterator[str]:
    """What differs between two operations, in the words of a spec."""
    before, after = _requested(old.operation), _requested(new.operation)
    if before != after:
        yield f"{before} is {after} now"
    was, now = _words(old.operation), _words(new.operation)
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            yield _SAID_IN_SPEC.get(name, name)


def _requested(operation: ast.Call) -> str:
    return " ".join(ast.unparse(each).strip("'\"") for each in operation.args[1:])


def _words(operation: ast.Call) -> dict[str, str]:
    return {word.arg: ast.unparse(word.value) for word in operation.keywords if word.arg}
