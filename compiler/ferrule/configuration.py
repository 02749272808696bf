"""Reads `[tool.ferrule]` of the nearest pyproject.toml: what holds where no option says otherwise.

Nothing but what Python has loaded already is imported until a file with such a table is found.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` is more to load than all of this
    from typing import Any

FILE = "pyproject.toml"
_MARK = b"[tool.ferrule"
_OPTIONS: dict[str, dict[str, str]] = {
    "specs": {"check": "paths", "fmt": "paths", "compile": "specs"},
    "output": {"compile": "output"},
    "templates": {"compile": "templates"},
    "select": {"check": "select"},
    "ignore": {"check": "ignore"},
    "strict": {"check": "strict"},
    "output-format": {"check": "output_format", "compile": "output_format"},
}
"""Each key, with the verbs that it is for and what the verb calls it."""

_PATHS = ("specs", "output", "templates")
_LISTS = ("specs", "select", "ignore")


class ConfigurationError(ValueError):
    """The table is not what it should be; the message names the file, the key and the fix."""


def configuration_file(folder: str = ".") -> str | None:
    """The nearest pyproject.toml in a folder or above it that has the table."""
    here = os.path.abspath(folder)
    while True:
        path = os.path.join(here, FILE)
        try:
            with open(path, "rb") as stream:
                return path if _MARK in stream.read() else None
        except OSError:
            parent = os.path.dirname(here)
        if parent == here:
            return None
        here = parent


def defaults(folder: str = ".") -> dict[str, dict[str, Any]]:
    """What the table says, by verb and option. Raises ConfigurationError."""
    path = configuration_file(folder)
    if path is None:
        return {}
    import tomllib

    shown = os.path.relpath(path)
    try:
        with open(path, "rb") as stream:
            document = tomllib.load(stream)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{shown} cannot be read: {error}") from None
    table = document.get("tool", {}).get("ferrule", {})
    found: dict[str, dict[str, Any]] = {}
    for key, value in table.items():
        if key not in _OPTIONS:
            raise ConfigurationError(f"{shown}: `[tool.ferrule]` has no key `{key}`{_guess(key)}")
        said = _read(key, value, os.path.dirname(shown), shown)
        for verb, option in _OPTIONS[key].items():
            found.setdefault(verb, {})[option] = said
    return found


def _guess(key: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, _OPTIONS, 1)
    return f"; did you mean `{near[0]}`?" if near else f"; it has {', '.join(_OPTIONS)}"


def _read(key: str, value: object, folder: str, shown: str) -> Any:
    if key == "strict":
        if not isinstance(value, bool):
            raise ConfigurationError(f"{shown}: `{key}` of `[tool.ferrule]` is true or false")
        return value
    texts: list[Any] = value if isinstance(value, list) and key in _LISTS else [value]
    if not all(isinstance(text, str) for text in texts):
        kind = "a list of texts" if key in _LISTS else "a text"
        raise ConfigurationError(f"{shown}: `{key}` of `[tool.ferrule]` is {kind}")
    # The file's own folder is meant, from wherever the command is run.
    said = [os.path.join(folder, text) for text in texts] if key in _PATHS else texts
    return said if key in _LISTS else said[0]
